import { spell } from '../block.ts';
import type { Path } from '../decoded.ts';
import { type Scope, warn, within } from '../scope.ts';
import type { ConfigEntry } from './config-entry.ts';

/** What is kept and not carried out: the entry as a whole, or some of its members. */
interface Pending {
  /** Keys in camelCase; `*` is every item of a list. Empty for the whole entry. */
  readonly member: readonly string[];
  readonly reason: string;
}

const noProxyReads = 'proxies do not take it into account yet';
const noGateways = 'there are no gateways yet';
const noChains = 'requests and connections go to the service itself, as if there were none';
const noPeers = 'there is no peering of clusters yet';
const noRequests = 'proxies do not look at requests yet: all connections of this source are denied';

/**
 * All that can be declared and has no effect on Envoy yet. This is the one place that says so: what is
 * built loses its line.
 */
const pending: { readonly [K in ConfigEntry['kind']]: readonly Pending[] } = {
  'api-gateway': [{ member: [], reason: noGateways }],
  'exported-services': [{ member: [], reason: noPeers }],
  'file-system-certificate': [{ member: [], reason: noGateways }],
  'http-route': [{ member: [], reason: noGateways }],
  'ingress-gateway': [{ member: [], reason: noGateways }],
  'inline-certificate': [{ member: [], reason: noGateways }],
  'jwt-provider': [{ member: [], reason: 'no proxy checks tokens yet' }],
  mesh: [{ member: [], reason: noProxyReads }],
  'proxy-defaults': [
    ['config'],
    ['mode'],
    ['transparentProxy'],
    ['mutualTlsMode'],
    ['meshGateway'],
    ['expose', 'checks'],
    ['expose', 'paths'],
    ['envoyExtensions'],
    ['failoverPolicy'],
    ['prioritizeByLocality'],
  ].map((member) => ({ member, reason: noProxyReads })),
  'service-defaults': [{ member: [], reason: noProxyReads }],
  'service-intentions': [
    {
      member: ['jwt'],
      reason: 'no proxy checks tokens yet: all connections to its destination are denied',
    },
    { member: ['sources', '*', 'peer'], reason: noPeers },
    {
      member: ['sources', '*', 'permissions'],
      reason: noRequests,
    },
  ],
  'service-resolver': [{ member: [], reason: noChains }],
  'service-router': [{ member: [], reason: noChains }],
  'service-splitter': [{ member: [], reason: noChains }],
  'tcp-route': [{ member: [], reason: noGateways }],
  'terminating-gateway': [{ member: [], reason: noGateways }],
};

/** Warns of what an entry says and nobody carries out: once for the entry, or once for a member. */
export function warnWithoutEffect(entry: ConfigEntry, scope: Scope): void {
  for (const { member, reason } of pending[entry.kind]) {
    const [place] = placesOf(entry, member);
    if (place === undefined) continue;
    const steps = place.map((step) =>
      typeof step === 'string' ? spell(step, scope.casing) : step,
    );
    const key = String(steps.at(-1) ?? entry.kind);
    const said = member.length === 0 ? 'the entry is kept and has no effect' : 'has no effect';
    warn(within(scope, ...steps), `${said}: ${reason}`, key);
  }
}

/** The same of permissions in an intention that stands by itself. */
export function warnOfPermissions(scope: Scope): void {
  const key = spell('permissions', scope.casing);
  warn(within(scope, key), `has no effect: ${noRequests}`, key);
}

/** Where a value holds something at a member. */
function placesOf(value: unknown, member: readonly string[]): readonly Path[] {
  const [step, ...rest] = member;
  if (step === undefined) return [[]];
  const entries: [string | number, unknown][] =
    step === '*'
      ? [...(value as readonly unknown[]).entries()]
      : [[step, (value as Readonly<Record<string, unknown>>)[step]]];
  return entries
    .filter(([, held]) => held !== undefined && !isEmpty(held))
    .flatMap(([at, held]) => placesOf(held, rest).map((path) => [at, ...path]));
}

/** Members that are always held are empty where nobody declared them. */
function isEmpty(held: unknown): boolean {
  return typeof held === 'object' && held !== null && Object.keys(held).length === 0;
}
