import type { Flag } from '../flags.ts';

/** The kinds that `-gateway` may name. */
export const gatewayKinds = ['api', 'mesh', 'terminating', 'ingress'] as const;

/** Flags of Consul's that are about gateways, so that a command line with one is answered with what is missing. */
export const gatewayFlags: readonly Flag[] = [
  refused('gateway', 'kind'),
  { name: 'mesh-gateway', kind: 'switch', about: notBuilt() },
  { name: 'register', kind: 'switch', about: notBuilt() },
  { name: 'expose-servers', kind: 'switch', about: notBuilt() },
  refused('service', 'name'),
  refused('address', 'ip:port'),
  refused('wan-address', 'ip:port'),
  { name: 'bind-address', kind: 'list', value: 'name=ip:port', about: notBuilt() },
  refused('deregister-after-critical', 'duration'),
];

function refused(name: string, value: string): Flag {
  return { name, kind: 'text', value, about: notBuilt() };
}

function notBuilt(): string {
  return 'Refused: gateways are not built yet.';
}
