import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { installedEnvoy } from './data-home.ts';

/** Where to look for Envoy; an empty string is as good as absent. */
export interface EnvoyPlaces {
  /** What `-envoy-binary` says. */
  readonly flag?: string | undefined;
  /** What `CHANCERY_ENVOY` says. */
  readonly env?: string | undefined;
  /** `PATH`. */
  readonly path?: string | undefined;
  /** The user's data folder, for the copy that was installed before. */
  readonly dataHome: string;
}

/** Which of the places an Envoy was found in. */
export type EnvoyOrigin = '-envoy-binary' | 'CHANCERY_ENVOY' | 'PATH' | 'installed';

/** The Envoy to run, or a sentence that says why there is none. */
export type EnvoySearch =
  | { readonly ok: true; readonly binary: string; readonly from: EnvoyOrigin }
  | {
      readonly ok: false;
      /** `wrong`: a place that was named holds no program; installing one would not be what was asked for. */
      readonly reason: 'wrong' | 'none';
      readonly message: string;
    };

/** Finds the Envoy to run. What is named explicitly is used or refused, never passed over. */
export async function findEnvoy(places: EnvoyPlaces): Promise<EnvoySearch> {
  if (places.flag) return named('-envoy-binary', places.flag, places.path);
  if (places.env) return named('CHANCERY_ENVOY', places.env, places.path);
  const onPath = await search('envoy', places.path);
  if (onPath !== undefined) return { ok: true, binary: onPath, from: 'PATH' };
  const installed = installedEnvoy(places.dataHome);
  if (await isProgram(installed)) return { ok: true, binary: installed, from: 'installed' };
  return {
    ok: false,
    reason: 'none',
    message:
      'no Envoy was found: run `chancery envoy install`, or name one with -envoy-binary or CHANCERY_ENVOY',
  };
}

async function named(
  from: EnvoyOrigin,
  name: string,
  path: string | undefined,
): Promise<EnvoySearch> {
  const binary = name.includes('/') ? resolve(name) : await search(name, path);
  if (binary !== undefined && (await isProgram(binary))) return { ok: true, binary, from };
  return { ok: false, reason: 'wrong', message: `${from} names ${name}, which is no program` };
}

/** The first program of that name in the folders of `PATH`. */
async function search(name: string, path: string | undefined): Promise<string | undefined> {
  for (const folder of (path ?? '').split(delimiter)) {
    if (folder === '') continue;
    const candidate = join(folder, name);
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
