import type { MatchesPattern } from '@chancery/intentions';
import type { ProxySnapshot, SnapshotQueries, SnapshotSettings } from '@chancery/snapshot';
import type { Compiled } from '@chancery/xds-translator';
import type { ResourceStanding } from './explanation.ts';

/** What an explanation is made from, beside the state: the very parts by which the proxies are configured. */
export interface ExplainedMesh {
  readonly settings: SnapshotSettings;
  readonly queries: SnapshotQueries;
  /** The translator's, which remembers what it compiled. */
  readonly compile: (snapshot: ProxySnapshot) => Compiled;
  /** How a proxy stands to a resource that it is served. */
  readonly standing: (proxyId: string, typeUrl: string, name: string) => ResourceStanding;
  /** For permissions with regular expressions. */
  readonly matchesPattern: MatchesPattern;
}
