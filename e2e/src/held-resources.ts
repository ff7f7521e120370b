import type { EnvoyAdmin } from '@chancery/testing';

type Json = { readonly [key: string]: Json } & readonly Json[];

/** Where a config dump has resources of a type: the list, what holds the version, and what holds the name. */
const places: readonly {
  readonly type: string;
  readonly list: string;
  readonly version: (each: Json) => Json | undefined;
  readonly name: (each: Json) => Json | undefined;
}[] = [
  {
    type: 'cds',
    list: 'dynamic_active_clusters',
    version: (each) => each['version_info'],
    name: (each) => each['cluster']?.['name'],
  },
  {
    type: 'lds',
    list: 'dynamic_listeners',
    version: (each) => each['active_state']?.['version_info'],
    name: (each) => each['name'],
  },
  {
    type: 'ecds',
    list: 'ecds_filters',
    version: (each) => each['version_info'],
    name: (each) => each['ecds_filter']?.['name'],
  },
];

/**
 * What an Envoy has of the agent: the clusters, listeners and extension configurations as `type name`, each with
 * the version under which it was sent, a hash of its bytes.
 */
export async function heldResources(admin: EnvoyAdmin): Promise<ReadonlyMap<string, string>> {
  const { configs } = JSON.parse(await admin.page('/config_dump')) as Record<string, Json>;
  const held = (configs ?? ([] as unknown as Json)).flatMap((dump) =>
    places.flatMap(({ type, list, version, name }) =>
      (dump[list] ?? ([] as unknown as Json)).map((each): [string, string] => [
        `${type} ${name(each)}`,
        String(version(each)),
      ]),
    ),
  );
  return new Map(held);
}

/** What of two pictures differs, as `type name version`; `gone` in place of a version. */
export function changedResources(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${key} ${after.get(key) ?? 'gone'}`)
    .sort();
}
