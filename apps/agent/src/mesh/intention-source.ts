import { explainSteps } from '@chancery/explain';
import { wholeMatch } from '@chancery/filter';
import type { IntentionSource } from '@chancery/mesh-api';
import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import type { ProxyService } from '../proxies/serve-proxies.ts';
import { inSlices } from './in-slices.ts';
import { resourceStandings } from './proxies/resource-standing.ts';
import { verifyMesh } from './verify/verify-mesh.ts';

/** What explanations are made from. */
export interface IntentionSourceParts {
  readonly store: Pick<Store, 'view'>;
  /** The name of the node whose proxies the agent configures. */
  readonly node: string;
  readonly trustDomain: string;
  readonly config: Pick<AgentConfig, 'datacenter' | 'defaultIntentionPolicy'>;
  readonly xds: Pick<ProxyService, 'ledger' | 'publisher' | 'queries' | 'compile'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Explains connections by the newest state and what proxies have of it, and holds the mesh to assertions. */
export function createIntentionSource(parts: IntentionSourceParts): IntentionSource {
  const { store, node, trustDomain, config, xds, now } = parts;
  const { datacenter, defaultIntentionPolicy: defaultAction } = config;
  const mesh = {
    settings: { trustDomain, datacenter, defaultAction, node },
    queries: xds.queries,
    compile: xds.compile,
    standing: resourceStandings(xds, now),
    matchesPattern: wholeMatch,
  };
  return {
    explain: (question, signal) =>
      inSlices(() => explainSteps(store.view, mesh, question), { signal }),
    verify: verifyMesh({ store, config }),
  };
}
