import type { Block } from '../block.ts';
import { type Decoder, wholeNumber } from '../primitives.ts';
import { report, warn } from '../scope.ts';
import type { AgentPorts } from './agent-config.ts';
import { inert, type KeyTable, key, type NotedField } from './key.ts';
import { lastOf } from './layers.ts';

/** What the `ports` block says. */
export interface PortValues {
  readonly http: number;
  readonly grpc: number;
  readonly sidecarMinPort: number;
  readonly sidecarMaxPort: number;
}

const closedPort = wholeNumber(-1, 65535);

/** A port that is off here: only to be turned on, it must not be. */
const refusedPort: Decoder<never> = (value, scope) => {
  const found = closedPort(value, scope);
  if (found === undefined || found <= 0) return undefined;
  const name = String(scope.path.at(-1));
  return report(scope, `${name} is not supported: ${noTls}: remove it or set it to -1`, {
    code: 'unsupported',
    key: name,
  });
};
const noTls = 'there is no HTTPS and no TLS for proxies yet';

function offPort(reason: string): NotedField<never> {
  const decode: Decoder<never> = (value, scope) => {
    const found = closedPort(value, scope);
    if (found === undefined || found <= 0) return undefined;
    const name = String(scope.path.at(-1));
    return warn(scope, `${name} has no effect: ${reason}`, name);
  };
  return { kind: 'value', decode, aliases: [], note: { effect: 'none', text: reason } };
}

function refusedKey(): NotedField<never> {
  return {
    kind: 'value',
    decode: refusedPort,
    aliases: [],
    note: { effect: 'refused', text: noTls },
  };
}

const noServers = 'agents do not talk to each other, so nothing listens there';
const noRange = 'no ports are given out from it';

/** The keys of `ports`. */
export const portFields: KeyTable<PortValues> = {
  http: key('The port of the HTTP API (8500); -1 turns it off.', closedPort),
  grpc: key('The port of the xDS server (-1, off; with `-dev` 8502).', closedPort),
  sidecarMinPort: key('The first port that is given to sidecars (21000).', closedPort),
  sidecarMaxPort: key('The last of them (21255).', closedPort),
  ...{ https: refusedKey(), grpcTls: refusedKey(), dns: offPort('there is no DNS interface yet') },
  ...{ serfLan: offPort(noServers), serfWan: offPort(noServers), server: offPort(noServers) },
  ...inert(noRange, 'proxyMinPort', 'proxyMaxPort', 'exposeMinPort', 'exposeMaxPort'),
};

/** A port of 0 or less is off; Consul turns xDS on by itself only in development. */
export function portsOf(blocks: readonly Block<PortValues>[], dev: boolean): AgentPorts {
  const last = lastOf(blocks);
  const port = (value: number): number => (value <= 0 ? -1 : value);
  return {
    http: port(last('http') ?? 8500),
    grpc: port(last('grpc') ?? (dev ? 8502 : -1)),
    sidecarMin: port(last('sidecarMinPort') ?? 21000),
    sidecarMax: port(last('sidecarMaxPort') ?? 21255),
  };
}
