import type { IntentionAction } from '@chancery/intentions';
import type { ProxySnapshot } from '@chancery/snapshot';
import type { Query, View } from '@chancery/store';
import type { Compiled } from '@chancery/xds-translator';
import type { Telling } from './declared/declared-change.ts';

/** What a plan is made with: how this agent makes proxies of a state. */
export interface PlanParts {
  /** Everything a proxy needs, by its ID. */
  readonly proxySnapshot: Query<string, ProxySnapshot | undefined>;
  /** What a snapshot becomes; parts that were compiled before should come out as the same objects. */
  readonly compile: (snapshot: ProxySnapshot) => Pick<Compiled, 'resources' | 'diagnostics'>;
  /** The IDs of the proxies in a state, connected or not. */
  readonly proxies: (view: View) => Iterable<string>;
  readonly isConnected: (proxyId: string) => boolean;
  /** What becomes of a connection of which no intention speaks. */
  readonly defaultAction: IntentionAction;
  /** How changes of rows are told. */
  readonly tell: Telling;
}
