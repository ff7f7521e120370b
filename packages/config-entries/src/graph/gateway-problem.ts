import { WILDCARD } from '@chancery/intentions';
import type { View } from '@chancery/store';
import { configEntries, configEntryKey, type EntryOf, entryNamed } from '../config-entry.ts';
import { type Contradiction, contradiction, firstContradiction } from './contradiction.ts';
import { walkChain } from './walk-chain.ts';

/** The protocol of a listener that says nothing. */
const DEFAULT_PROTOCOL = 'tcp';

/** An ingress gateway carries each service in the protocol of its chain. */
export function listenersProblem(
  view: View,
  gateway: EntryOf<'ingress-gateway'>,
  datacenter: string,
): Contradiction | undefined {
  return firstContradiction(gateway.listeners, ({ protocol, services }) =>
    firstContradiction(services, ({ name }) =>
      listenerProblem(view, name, protocol || DEFAULT_PROTOCOL, gateway.name, datacenter),
    ),
  );
}

/**
 * The same for one service, at all gateways that serve it by name. With `fromTcp` a listener may go on with
 * TCP when the service has come to speak something else: else neither could be changed before the other.
 */
export function servedProblem(
  view: View,
  service: string,
  datacenter: string,
  { fromTcp }: { readonly fromTcp: boolean },
): Contradiction | undefined {
  const gateways = view.by(configEntries, 'served', service);
  const listeners = gateways.flatMap((entry) =>
    entry.kind === 'ingress-gateway'
      ? entry.listeners.map((listener) => ({ ...listener, gateway: entry.name }))
      : [],
  );
  return firstContradiction(listeners, ({ protocol: declared, services, gateway }) => {
    const protocol = declared || DEFAULT_PROTOCOL;
    if (fromTcp && protocol === DEFAULT_PROTOCOL) return undefined;
    if (!services.some(({ name }) => name === service)) return undefined;
    return listenerProblem(view, service, protocol, gateway, datacenter);
  });
}

/** A wildcard stands for the services that speak the protocol of the listener: it always fits. */
function listenerProblem(
  view: View,
  service: string,
  protocol: string,
  gateway: string,
  datacenter: string,
): Contradiction | undefined {
  if (service === WILDCARD) return undefined;
  const chain = walkChain(view, service, datacenter);
  if (!chain.ok) return chain.problem;
  if (chain.protocol === protocol) return undefined;
  const words = `service "${service}" has protocol "${chain.protocol}", which does not match defined listener protocol "${protocol}"`;
  return contradiction(words, configEntryKey('ingress-gateway', gateway), chain.source);
}

/** The proxy of a gateway is found by its name: there is one gateway of each. */
export function gatewayNameProblem(
  view: View,
  kind: 'ingress-gateway' | 'terminating-gateway',
  name: string,
): Contradiction | undefined {
  const other = kind === 'ingress-gateway' ? 'terminating-gateway' : 'ingress-gateway';
  if (entryNamed(view, kind, name) === undefined || entryNamed(view, other, name) === undefined) {
    return undefined;
  }
  const words = `cannot create a "${kind}" config entry with name "${name}", a "${other}" config entry with that name already exists`;
  return contradiction(words, configEntryKey(kind, name), configEntryKey(other, name));
}
