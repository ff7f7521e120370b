import type { LedgerType, Manifest, Resource } from '@chancery/xds-server';

/** Names of the resources that are in one of the two alone, or not with the same content. */
export function manifestDifference(
  published: readonly Resource[],
  derived: readonly Resource[],
): readonly string[] {
  const before = hashes(published);
  const after = hashes(derived);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}

/** What the ledger has of a proxy, as far as it is looked at here. */
export interface Told {
  readonly streams: number;
  readonly types: readonly Pick<LedgerType, 'typeUrl' | 'resources'>[];
}

/**
 * Resources that a proxy was given before and that it has neither taken nor rejected as they are now.
 * Each with its content, so that the same one can be told from a newer one.
 */
export function notTaken({ resources }: Manifest, { streams, types }: Told): ReadonlySet<string> {
  if (streams === 0) return new Set();
  const rows = new Map(
    types.flatMap(({ typeUrl, resources: known }) =>
      known.map((row) => [keyOf({ typeUrl, name: row.name }), row] as const),
    ),
  );
  const waiting = resources.filter((resource) => {
    const row = rows.get(keyOf(resource));
    return row !== undefined && ![row.acked?.hash, row.nacked?.hash].includes(resource.hash);
  });
  return new Set(waiting.map((resource) => `${keyOf(resource)} ${resource.hash}`));
}

function hashes(resources: readonly Resource[]): ReadonlyMap<string, string> {
  return new Map(resources.map((resource) => [keyOf(resource), resource.hash]));
}

function keyOf({ typeUrl, name }: Pick<Resource, 'typeUrl' | 'name'>): string {
  return `${typeUrl.slice(typeUrl.lastIndexOf('.') + 1)} ${name}`;
}
