import { dataHome, findEnvoy, installEnvoy } from '@chancery/envoy-runner';

let found: Promise<string | undefined> | undefined;

/**
 * The real Envoy to test with: the one that the command line would find, or one installed now. Undefined where none
 * can be had; then a line on standard error says so. With `CI` set it is an error: there, nothing may be skipped.
 */
export function envoyBinary(): Promise<string | undefined> {
  found ??= search();
  return found;
}

async function search(): Promise<string | undefined> {
  const { CHANCERY_ENVOY, PATH, CI } = process.env;
  const home = dataHome(process.env);
  const present = await findEnvoy({ env: CHANCERY_ENVOY, path: PATH, dataHome: home });
  if (present.ok) return present.binary;
  const say = (line: string): void => console.error(line);
  const installed =
    present.reason === 'none' ? await installEnvoy({ say, dataHome: home }) : present;
  if (installed.ok) return installed.binary;
  if (CI !== undefined && CI !== '' && CI !== 'false') throw new Error(installed.message);
  console.error(`SKIPPED: the tests that need a real Envoy. ${installed.message}`);
  return undefined;
}
