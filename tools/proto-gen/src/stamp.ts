import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Installed, installed } from './buf/installed.ts';

const stampFile = '.stamp';
const generator = join(import.meta.dirname, 'buf');

/**
 * Names what generated files have to be made from: installed packages, the sources of the generator, and protos.
 * Installed, not locked: a stamp must never claim a version that was not there.
 */
export function stampOf(from: {
  readonly packages: readonly Installed[];
  /** Folders whose sources and protos count beside those of the generator itself. */
  readonly folders: readonly string[];
}): string {
  const hash = createHash('sha256');
  for (const name of from.packages) hash.update(readFileSync(installed(name, 'package.json')));
  for (const folder of [generator, ...from.folders]) {
    for (const name of filesIn(folder)) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|proto)$/.test(name) && !name.endsWith('.test.ts'))
    .sort();
}

/** What the files in a generated folder were made from, or undefined where there are none. */
export function presentStamp(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, stampFile), 'utf8');
  } catch {
    return undefined;
  }
}

/** The file of a generated folder that says what it was made from. */
export function stampPath(folder: string): string {
  return join(folder, stampFile);
}
