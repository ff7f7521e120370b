import { typeUrls } from '@chancery/envoy-api';

/** How the server treats the resources of one type. */
export interface TypeTraits {
  /** Make before break: additions go out in this order, removals in the reverse one. */
  readonly rank: number;
  /** In the state-of-the-world variant each response lists everything, and what it leaves out is removed. */
  readonly fullSet: boolean;
  /** An empty first request means "everything". */
  readonly legacyWildcard: boolean;
  /** Additions wait until the clusters and endpoints that are new to the client are acknowledged. */
  readonly afterClusters: boolean;
  /** What a client is told of a name it asks for and that does not exist. */
  readonly missing: 'empty' | 'silent' | 'removed';
}

const byName: TypeTraits = {
  rank: 6,
  fullSet: false,
  legacyWildcard: false,
  afterClusters: false,
  missing: 'removed',
};
const fullSet: TypeTraits = { ...byName, fullSet: true, legacyWildcard: true };
const other: TypeTraits = { ...byName, legacyWildcard: true };

/**
 * A cluster that never hears of its endpoints stays in warming, so a missing assignment is an empty one.
 * "Removed" for an extension config that was never delivered keeps the whole Envoy from serving (measured
 * with 1.40), so a missing one is answered with silence.
 */
const traits: ReadonlyMap<string, TypeTraits> = new Map([
  [typeUrls.secret, { ...byName, rank: 0 }],
  [typeUrls.cluster, { ...fullSet, rank: 1 }],
  [typeUrls.endpoints, { ...byName, rank: 2, missing: 'empty' as const }],
  [typeUrls.listener, { ...fullSet, rank: 3, afterClusters: true }],
  [typeUrls.routes, { ...byName, rank: 4, afterClusters: true }],
  [typeUrls.extensionConfig, { ...byName, rank: 5, missing: 'silent' as const }],
]);

/** The rules for a type; a type without rules of its own is served by name or as a whole, and comes last. */
export function traitsOf(typeUrl: string): TypeTraits {
  return traits.get(typeUrl) ?? other;
}
