import type { ConfigEntry } from '@chancery/model';
import type { View } from '@chancery/store';
import { affectedServices } from './affected-services.ts';
import { type Contradiction, firstContradiction } from './contradiction.ts';
import { gatewayNameProblem, listenersProblem, servedProblem } from './gateway-problem.ts';
import {
  missingProviderProblem,
  permissionProblem,
  usedProviderProblem,
} from './intention-problem.ts';
import { walkChain } from './walk-chain.ts';

/** An entry that is put or deleted, and in which datacenter. */
export interface EntryChange {
  /** As it is put, or as it was. */
  readonly entry: ConfigEntry;
  readonly isDeleted: boolean;
  readonly datacenter: string;
}

/**
 * What would no longer fit together after a change: `after` is the state as it would be. Only what the change can have spoilt is looked at; before it everything fitted.
 */
export function changeProblem(after: View, change: EntryChange): Contradiction | undefined {
  const { entry, isDeleted, datacenter } = change;
  switch (entry.kind) {
    case 'proxy-defaults':
    case 'service-defaults':
    case 'service-resolver':
    case 'service-router':
    case 'service-splitter':
      return chainsProblem(after, change);
    case 'service-intentions':
      if (isDeleted) return undefined;
      return (
        missingProviderProblem(after, entry) ?? permissionProblem(after, entry.name, datacenter)
      );
    case 'jwt-provider':
      return usedProviderProblem(after, entry.name);
    case 'ingress-gateway':
      if (isDeleted) return undefined;
      return (
        gatewayNameProblem(after, entry.kind, entry.name) ??
        listenersProblem(after, entry, datacenter)
      );
    case 'terminating-gateway':
      return gatewayNameProblem(after, entry.kind, entry.name);
    default:
      return undefined;
  }
}

/** For each service whose chain may be another one now: the chain itself, then who counts on its protocol. */
function chainsProblem(after: View, { entry, datacenter }: EntryChange): Contradiction | undefined {
  const fromTcp = entry.kind === 'proxy-defaults' || entry.kind === 'service-defaults';
  return firstContradiction(affectedServices(after, entry), (service) => {
    const chain = walkChain(after, service, datacenter);
    if (!chain.ok) return chain.problem;
    return (
      servedProblem(after, service, datacenter, { fromTcp }) ??
      permissionProblem(after, service, datacenter)
    );
  });
}
