import type { Store } from '@chancery/store';
import type { XdsServer } from '@chancery/xds-server';
import type { ProxyPublisher } from './proxy-publisher.ts';
import { type RefusedResource, refusedResources } from './refused-resources.ts';
import { resourceTypes } from './resource-types.ts';
import { sidecars } from './sidecars.ts';

/** How the proxies stand, in numbers. */
export interface SyncFigures {
  /** How many connected proxies are in which state, of each type that is served. */
  readonly types: readonly {
    readonly type: string;
    readonly state: 'synced' | 'pending' | 'rejected' | 'not_subscribed';
    readonly proxies: number;
  }[];
  /** For how long the longest has been pending that is; 0 while nothing is. */
  readonly pendingMs: number;
  /** Registered sidecars with a stream, and without. */
  readonly sidecars: { readonly connected: number; readonly absent: number };
  /** What is refused now, the first twenty. */
  readonly refused: readonly RefusedResource[];
}

/** What the figures are taken from. */
export interface SyncParts {
  readonly ledger: Pick<XdsServer['ledger'], 'states' | 'oldestPending' | 'proxy'>;
  readonly publisher: Pick<ProxyPublisher, 'followed' | 'isFollowed' | 'supply'>;
  readonly store: Pick<Store, 'read'>;
  readonly node: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Each is a line of a page that is read every few seconds. */
const mostRefused = 20;

/** The figures as they are now. */
export function syncFigures({ ledger, publisher, store, node, now }: SyncParts): SyncFigures {
  const states = ledger.states();
  const proxies = publisher.followed().length;
  const since = ledger.oldestPending();
  const ids = [...store.read(sidecars, node).value.keys()];
  const connected = ids.filter((id) => publisher.isFollowed(id)).length;
  return {
    types: resourceTypes.flatMap(({ type, typeUrl }) => {
      const { synced = 0, pending = 0, rejected = 0 } = states.get(typeUrl) ?? {};
      const not_subscribed = Math.max(0, proxies - synced - pending - rejected);
      const counts = { synced, pending, rejected, not_subscribed } as const;
      return (['synced', 'pending', 'rejected', 'not_subscribed'] as const).map((state) => ({
        type,
        state,
        proxies: counts[state],
      }));
    }),
    pendingMs: since === undefined ? 0 : Math.max(0, now() - since),
    sidecars: { connected, absent: ids.length - connected },
    refused: refusedResources({ ledger, publisher }, mostRefused),
  };
}
