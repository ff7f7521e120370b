import type { Flags } from '../flags.ts';
import { gatewayFlags, gatewayKinds } from './gateway-flags.ts';

/** What to say to a command line that asks for a gateway; undefined when it asks for none. */
export function asksForGateway(flags: Flags): string | undefined {
  const kind = flags.text('gateway');
  if (kind !== undefined && !gatewayKinds.some((each) => each === kind)) {
    return 'Gateway must be one of: api, terminating, mesh, or ingress';
  }
  const given = gatewayFlags.find(({ name }) => flags.given(name));
  if (given === undefined) return undefined;
  return `-${given.name}: gateways are not built yet, only sidecars are`;
}
