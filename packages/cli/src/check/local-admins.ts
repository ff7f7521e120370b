import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { envoyFlags } from '../connect/envoy-flags.ts';
import { parseFlags } from '../flags.ts';

/** Where `connect envoy` puts an admin interface unless it is told otherwise. */
export const usualAdmin = '127.0.0.1:19000';

/**
 * The admin interfaces of the Envoys that `connect envoy` runs on this machine, by the command lines of its processes:
 * nobody else knows them. None where there is no `/proc`.
 */
export async function localAdmins(proc = '/proc'): Promise<readonly string[]> {
  const names = await readdir(proc).catch(() => []);
  const lines = names
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readFile(join(proc, pid, 'cmdline'), 'utf8').catch(() => ''));
  const found = (await Promise.all(lines)).map((line) => adminOf(line.split('\0')));
  return [...new Set(found.filter((address) => address !== undefined))].sort();
}

/** The admin interface that a command line gives an Envoy, if it runs one. */
function adminOf(words: readonly string[]): string | undefined {
  const at = words.findIndex((word, place) => word === 'connect' && words[place + 1] === 'envoy');
  // `node …/chancery.ts connect envoy` is one; a shell or `timeout` in front of it has the same words.
  const [program = '', launched = ''] = [words[0] ?? '', words[at - 1] ?? ''];
  if (at < 1 || !/\bnode$/.test(program) || !/chancery|main/.test(launched)) return undefined;
  const parsed = parseFlags(words.slice(at + 2), envoyFlags);
  if (parsed.kind !== 'parsed' || parsed.flags.on('bootstrap')) return undefined;
  const address = parsed.flags.text('admin-bind') ?? usualAdmin;
  return /^[\w.:[\]-]+:[1-9]\d*$/.test(address) ? address : undefined;
}
