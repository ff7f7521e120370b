import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The version of Consul that Chancery is held to. */
export const consulVersion = '1.20.1';

/** Where a Consul that was built for the tests is kept. */
export function builtConsul(environment: Environment): string {
  const cache = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'chancery', `consul-${consulVersion}`);
}

/**
 * A real Consul to compare with and to use as a client: what `CHANCERY_CONSUL` names, else `consul` on
 * the path, else the one that `tools/oracle` built. Undefined where there is none; a line on standard
 * error then says so.
 */
export function consulBinary(environment: Environment = process.env): string | undefined {
  const named = environment['CHANCERY_CONSUL'];
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = named
    ? [named]
    : [...folders.map((folder) => join(folder, 'consul')), builtConsul(environment)];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) {
    console.error(
      `SKIPPED: the tests that need a real Consul: there is none at ${candidates.at(-1)}; ` +
        'node tools/oracle/src/build-consul-main.ts builds one where there is Go',
    );
  }
  return found;
}
