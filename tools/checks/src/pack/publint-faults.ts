import { readFile } from 'node:fs/promises';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Violation } from '../layering.ts';
import type { Tarball } from './consumer-project.ts';

/** What publint finds wrong with a tarball; warnings count. */
export async function publintFaults({ name, path }: Tarball): Promise<Violation[]> {
  const { buffer } = new Uint8Array(await readFile(path));
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: buffer } });
  return messages
    .filter(({ type }) => type !== 'suggestion')
    .map((message) => ({
      where: name,
      what: formatMessage(message, pkg, { color: false }) ?? message.code,
    }));
}
