import { readFile, writeFile } from 'node:fs/promises';
import type { Answer, Printed } from './exchange.ts';
import type { Played } from './play.ts';

/** What a real Consul answered and printed. */
export interface Recording {
  readonly consul: string;
  readonly http: Played<Answer>;
  readonly commands: Played<Printed>;
}

const place = new URL('../testdata/consul.json', import.meta.url);

/** The recording that is kept with the sources. */
export async function readRecording(): Promise<Recording> {
  return JSON.parse(await readFile(place, 'utf8'));
}

/** Keeps a recording. */
export async function writeRecording(recording: Recording): Promise<void> {
  await writeFile(place, `${JSON.stringify(recording, null, 1)}\n`);
}
