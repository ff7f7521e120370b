import {
  dataHome,
  type EnvoySearch,
  envoyVersion,
  findEnvoy,
  installEnvoy,
} from '@chancery/envoy-runner';
import type { Plane } from '@chancery/testing';
import type { Screen } from './screen.ts';

/** Looks for the Envoy that the command line would run. */
export function searchEnvoy(environment: NodeJS.ProcessEnv): Promise<EnvoySearch> {
  const { CHANCERY_ENVOY: env, PATH: path } = environment;
  return findEnvoy({ env, path, dataHome: dataHome(environment) });
}

/** What the story is told on: the Envoy that was found, or one that is installed now, or else the built-in proxy; says which. */
export async function providePlane(
  search: EnvoySearch,
  screen: Screen,
  environment: NodeJS.ProcessEnv,
): Promise<Plane> {
  if (search.ok) {
    const version = (await envoyVersion(search.binary)) ?? 'of an unknown version';
    screen.note(`Envoy ${version}, ${origin[search.from]}: ${search.binary}`);
    return 'envoy';
  }
  const say = (line: string): void => screen.note(line);
  const installed = await installEnvoy({ say, dataHome: dataHome(environment) });
  if (installed.ok) return 'envoy';
  screen.line(`  ${installed.message}; until then the built-in proxy takes its place.`);
  return 'builtin';
}

const origin = {
  '-envoy-binary': 'as asked for',
  CHANCERY_ENVOY: 'named by CHANCERY_ENVOY',
  PATH: 'found on PATH',
  installed: 'installed before',
} as const;
