import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { presentStamp, wantedStamp } from './stamp.ts';

const envoyApi = join(import.meta.dirname, '../../../packages/envoy-api');

/** Where the generated files go, and a folder on the same file system where they are made. */
export interface GenerationPlace {
  readonly output: string;
  readonly scratch: string;
  /** Told in one line that time is spent. */
  readonly log: (line: string) => void;
}

const inRepository: GenerationPlace = {
  output: join(envoyApi, 'gen'),
  scratch: join(envoyApi, 'node_modules'),
  log: (line) => process.stderr.write(`${line}\n`),
};

/**
 * Sees to it that Envoy's generated types are there and made from what is installed now. Costs a few
 * milliseconds when they are. Rejects with one sentence that says what to do when they cannot be made.
 */
export async function ensureEnvoyApi(place: GenerationPlace = inRepository): Promise<void> {
  try {
    const stamp = wantedStamp();
    if (presentStamp(place.output) === stamp) return;
    place.log("Generating Envoy's types (once, a few seconds) ...");
    const { generate } = await import('./generate.ts');
    publish(await generate(place.scratch, stamp), place.output, stamp);
  } catch (cause) {
    throw new Error(sentence(cause), { cause });
  }
}

/** Puts the new files in place by renaming. Where another run was faster, its equal files stay. */
function publish(fresh: string, output: string, stamp: string): void {
  const work = dirname(fresh);
  try {
    if (presentStamp(output) === stamp) return;
    mkdirSync(dirname(output), { recursive: true });
    if (existsSync(output)) renameSync(output, join(work, 'stale'));
    renameSync(fresh, output);
  } catch (cause) {
    if (presentStamp(output) !== stamp) throw cause;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function sentence(cause: unknown): string {
  const { code, message, stderr } = cause as NodeJS.ErrnoException & { readonly stderr?: string };
  if (code === 'ENOENT') {
    return `Envoy's types cannot be generated because a dependency is missing (${message}): run 'npx -y pnpm@12 install'`;
  }
  const reason = (stderr || message).trim().split('\n', 1)[0];
  return `Envoy's types cannot be generated: ${reason}`;
}
