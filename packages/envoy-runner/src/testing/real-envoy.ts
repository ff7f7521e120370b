import { describe } from 'vitest';
import { dataHome } from '../data-home.ts';
import { findEnvoy } from '../find-envoy.ts';
import { installEnvoy } from '../install-envoy.ts';

const { CHANCERY_ENVOY, PATH, CI } = process.env;

/** A real Envoy, found or installed; undefined where none can be had. */
export const realEnvoy: string | undefined = await search();

/** Tests that need a real Envoy: skipped where there is none, except in CI, where that is a failure. */
export const describeWithEnvoy: ReturnType<typeof describe.skipIf> = describe.skipIf(
  realEnvoy === undefined,
);

async function search(): Promise<string | undefined> {
  const home = dataHome(process.env);
  const present = await findEnvoy({ env: CHANCERY_ENVOY, path: PATH, dataHome: home });
  if (present.ok) return present.binary;
  const say = (line: string): void => console.error(line);
  const installed = await installEnvoy({ say, dataHome: home });
  if (installed.ok) return installed.binary;
  if (CI !== undefined && CI !== '') throw new Error(installed.message);
  console.error(`SKIPPED: the tests that need a real Envoy. ${installed.message}`);
  return undefined;
}
