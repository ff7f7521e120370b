import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GeneratedSet } from './generated-set.ts';
import { presentStamp, stampPath } from './stamp.ts';

/** Told in one line that time is spent. */
export type TellLine = (line: string) => void;

const toStandardError: TellLine = (line) => process.stderr.write(`${line}\n`);

/**
 * Sees to it that generated modules are there and made from what is installed now. Costs a few milliseconds when
 * they are. Rejects with one sentence that says what to do when they cannot be made.
 */
export async function ensureGenerated(
  set: GeneratedSet,
  log: TellLine = toStandardError,
): Promise<void> {
  try {
    const stamp = set.wanted();
    if (presentStamp(set.output) === stamp) return;
    log(`Generating ${set.name} (once, a few seconds) ...`);
    publish(await generate(set, stamp), set.output, stamp);
  } catch (cause) {
    throw new Error(sentence(set.name, cause), { cause });
  }
}

/** Makes the modules in a new folder, and returns it. */
async function generate(set: GeneratedSet, stamp: string): Promise<string> {
  mkdirSync(set.scratch, { recursive: true });
  const work = mkdtempSync(join(set.scratch, '.generated-'));
  try {
    await set.make(work);
    const result = join(work, 'gen');
    writeFileSync(stampPath(result), stamp);
    return result;
  } catch (cause) {
    rmSync(work, { recursive: true, force: true });
    throw cause;
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

function sentence(name: string, cause: unknown): string {
  const { code, message, stderr } = cause as NodeJS.ErrnoException & { readonly stderr?: string };
  const begun = `${name} cannot be generated`;
  if (code === 'ENOENT') {
    return `${begun} because a dependency is missing (${message}): run 'npx -y pnpm@12 install'`;
  }
  return `${begun}: ${(stderr || message).trim().split('\n', 1)[0]}`;
}
