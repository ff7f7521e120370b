import { dataHome, envoyVersion, findEnvoy, installEnvoy } from '@chancery/envoy-runner';
import type { Screen } from './screen.ts';

/** Finds Envoy or installs it, saying so; answers with one sentence where none can be had. */
export async function provideEnvoy(
  screen: Screen,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const { CHANCERY_ENVOY: env, PATH: path } = environment;
  const home = dataHome(environment);
  const found = await findEnvoy({ env, path, dataHome: home });
  if (found.ok) {
    const version = (await envoyVersion(found.binary)) ?? 'of an unknown version';
    screen.note(`Envoy ${version}, ${origin[found.from]}: ${found.binary}`);
    return undefined;
  }
  if (found.reason === 'wrong') return found.message;
  const installed = await installEnvoy({ say: (line) => screen.note(line), dataHome: home });
  return installed.ok ? undefined : installed.message;
}

const origin = {
  '-envoy-binary': 'as asked for',
  CHANCERY_ENVOY: 'named by CHANCERY_ENVOY',
  PATH: 'found on PATH',
  installed: 'installed before',
} as const;
