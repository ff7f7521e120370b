import type { Store } from '@chancery/store';
import type { Leafs } from '../../authority/leafs.ts';
import type { ProxyService } from '../../proxies/serve-proxies.ts';
import type { Authors } from '../changes/authors.ts';

/** What tells of proxies: what is registered, what is built for them, what they were sent and what they said. */
export interface ProxyParts {
  readonly store: Pick<Store, 'view' | 'read' | 'watch' | 'history'>;
  /** The name of the node that this agent serves. */
  readonly node: string;
  readonly xds: Pick<ProxyService, 'ledger' | 'publisher' | 'publications' | 'queries' | 'compile'>;
  readonly leafs: Pick<Leafs, 'current'>;
  readonly authors: Authors;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
