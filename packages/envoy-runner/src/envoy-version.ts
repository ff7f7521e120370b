import { runProgram } from './run-program.ts';

/** The version that an Envoy binary says it has, such as `1.40.0`; undefined when it is not one or does not run here. */
export async function envoyVersion(
  binary: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { code, output } = await runProgram(binary, ['--version'], signal);
  return code === 0 ? /version: [0-9a-f]+\/([^/\s]+)\//.exec(output)?.[1] : undefined;
}
