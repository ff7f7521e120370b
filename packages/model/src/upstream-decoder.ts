import { type Block, blockOf, defined, field, spell, unsupported } from './block.ts';
import { ipAddress } from './ip-address.ts';
import { nodeName, serviceName } from './names.ts';
import { type Decoder, describe, opaque, port, tellingKeysOf, text } from './primitives.ts';
import type { JsonObject, Upstream } from './proxy.ts';
import { report, type Scope } from './scope.ts';
import { onlyDefault } from './tenancy.ts';
import { readUpstreamConfig } from './upstream-config-decoder.ts';

const destinationType: Decoder<'service'> = (value, scope) => {
  if (value === 'service' || value === '') return 'service';
  if (value === 'prepared_query') {
    return report(scope, 'upstreams of prepared queries are not supported: name a service', {
      code: 'unsupported',
      key: 'prepared_query',
    });
  }
  return report(scope, `expected "service", found ${describe(value)}`);
};

const destinationName: Decoder<string> = (value, scope) => {
  if (value !== '*') return serviceName(value, scope);
  return report(scope, 'an upstream is one service, not "*"');
};

/** A number as Go writes it: `0600` and `0o600` are octal, `384` is not. Envoy takes the nine bits of permissions. */
const socketMode: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || found === '') return found;
  const mode = /^0o?[0-7]+$/.test(found)
    ? Number.parseInt(found.replace('o', ''), 8)
    : /^[1-9]\d*$|^0$/.test(found) && Number(found);
  if (mode !== false && mode <= 0o777) return found;
  return report(scope, `${describe(found)} is no file mode: write it like "0600"`);
};

const upstreamFields = {
  destinationType: field(destinationType),
  destinationName: field(destinationName),
  destinationNamespace: field(onlyDefault),
  destinationPartition: field(onlyDefault),
  datacenter: field<string>((value, scope) => (value === '' ? '' : nodeName(value, scope))),
  localBindAddress: field(ipAddress),
  localBindPort: field(port),
  localBindSocketPath: field(text),
  localBindSocketMode: field(socketMode),
  config: field(opaque),
  ...unsupported('there is no peering of clusters yet', 'destinationPeer'),
  ...unsupported('there are no mesh gateways yet', 'meshGateway'),
};

const readUpstream = blockOf<UpstreamValues>(upstreamFields);

/** Reads one upstream of a sidecar. */
export const upstream: Decoder<Upstream> = tellingKeysOf(readUpstream, (value, scope) => {
  const block = readUpstream(value, scope);
  if (block === undefined) return undefined;
  requireDestination(block);
  requireBinding(block);
  const { values } = block;
  const config = values.config ?? {};
  readUpstreamConfig(config, block.at('config'));
  return {
    destinationType: 'service',
    destinationName: values.destinationName ?? '',
    localBindAddress: values.localBindAddress || (values.localBindSocketPath ? '' : '127.0.0.1'),
    localBindPort: values.localBindPort ?? 0,
    config,
    ...defined({
      datacenter: values.datacenter || undefined,
      localBindSocketPath: values.localBindSocketPath || undefined,
      localBindSocketMode: values.localBindSocketMode || undefined,
    }),
  };
});

interface UpstreamValues {
  readonly destinationType: 'service';
  readonly destinationName: string;
  readonly destinationNamespace: 'default';
  readonly destinationPartition: 'default';
  readonly datacenter: string;
  readonly localBindAddress: string;
  readonly localBindPort: number;
  readonly localBindSocketPath: string;
  readonly localBindSocketMode: string;
  readonly config: JsonObject;
}
type UpstreamBlock = Block<UpstreamValues>;

function requireDestination(block: UpstreamBlock): void {
  if (block.has('destinationName')) return;
  const key = spell('destinationName', block.scope.casing);
  report(block.scope, `${key} is missing: say which service to reach`, { code: 'missing' });
}

function requireBinding(block: UpstreamBlock): void {
  const { localBindPort, localBindSocketPath } = block.values;
  const { casing } = block.scope;
  if (localBindPort !== undefined && localBindPort > 0 && localBindSocketPath) {
    report(block.at('localBindSocketPath'), 'a port and a socket path: keep one of them');
  }
  const given = block.has('localBindPort') && localBindPort !== 0;
  if (given || block.has('localBindSocketPath')) return;
  const keys = `${spell('localBindPort', casing)} or ${spell('localBindSocketPath', casing)}`;
  report(block.at('localBindPort'), `${keys} is missing: say where to listen for it`, {
    code: 'missing',
  });
}

/** Refuses two upstreams that listen in one place or reach the same destination, as Consul does. */
export function refuseSameUpstreams(
  upstreams: readonly Upstream[],
  at: (index: number) => Scope,
): void {
  const places = new Map<string, number>();
  const destinations = new Map<string, number>();
  for (const [index, one] of upstreams.entries()) {
    const place = one.localBindSocketPath ?? `${one.localBindAddress}:${one.localBindPort}`;
    const bound = one.localBindSocketPath !== undefined || one.localBindPort > 0;
    if (bound) refuseSecond(places, place, `listens on ${place}`, index, at);
    const where = one.datacenter === undefined ? '' : ` in ${one.datacenter}`;
    const destination = `${one.destinationName}${where}`;
    if (one.destinationName !== '') {
      refuseSecond(destinations, destination, `reaches ${destination}`, index, at);
    }
  }
}

function refuseSecond(
  seen: Map<string, number>,
  key: string,
  what: string,
  index: number,
  at: (index: number) => Scope,
): void {
  const first = seen.get(key);
  if (first === undefined) seen.set(key, index);
  else report(at(index), `upstream ${first + 1} already ${what}`, { code: 'duplicate' });
}
