import type { ConfigEntry } from '@chancery/model';
import type { View } from '@chancery/store';
import fc from 'fast-check';
import { changeProblem } from '../graph/change-problem.ts';
import { configEntries } from '../index.ts';
import { datacenter, entryOf } from './intentions-lab.ts';

const services = fc.constantFrom('a', 'b', 'c', 'd');
const protocols = fc.constantFrom('tcp', 'http', 'grpc');
const subsets = fc.constantFrom(undefined, undefined, 'v1', 'v2');
const destinations = fc.record({ service: services, service_subset: subsets });

const resolvers = fc.record({
  kind: fc.constant('service-resolver'),
  name: services,
  subsets: fc.constantFrom({}, { v1: {} }, { v1: {}, v2: {} }),
  redirect: fc.option(fc.record({ service: services, service_subset: subsets }), {
    nil: undefined,
  }),
});

const failovers = fc.record({
  kind: fc.constant('service-resolver'),
  name: services,
  failover: fc.record({ '*': destinations }),
});

const splitters = fc
  .tuple(
    services,
    fc.uniqueArray(destinations, {
      minLength: 1,
      maxLength: 2,
      selector: (destination) => JSON.stringify(destination),
    }),
  )
  .map(([name, parts]) => ({
    kind: 'service-splitter',
    name,
    splits: parts.map((part) => ({ weight: 100 / parts.length, ...part })),
  }));

const routers = fc.record({
  kind: fc.constant('service-router'),
  name: services,
  routes: destinations.map((destination) => [
    { match: { http: { path_prefix: '/x' } }, destination },
  ]),
});

const defaults = fc.oneof(
  fc.record({
    kind: fc.constant('service-defaults'),
    name: services,
    protocol: protocols,
    external_sni: fc.constantFrom('', '', '', 'outside.example'),
  }),
  protocols.map((protocol) => ({ kind: 'proxy-defaults', name: 'global', config: { protocol } })),
);

const intentions = fc.record({
  kind: fc.constant('service-intentions'),
  name: services,
  sources: fc.constantFrom(
    [{ name: 'web', action: 'deny' }],
    [{ name: 'web', permissions: [{ action: 'allow', http: { path_prefix: '/' } }] }],
  ),
  jwt: fc.constantFrom(undefined, undefined, { providers: [{ name: 'okta' }] }),
});

/** No listener of TCP: it may stand when its service comes to speak something else. */
const gateways = fc.oneof(
  fc.record({
    kind: fc.constant('ingress-gateway'),
    name: fc.constantFrom('g', 'h'),
    listeners: fc
      .tuple(fc.constantFrom('http', 'grpc'), services)
      .map(([protocol, name]) => [{ port: 8080, protocol, services: [{ name }] }]),
  }),
  fc.record({
    kind: fc.constant('terminating-gateway'),
    name: fc.constantFrom('g', 'h'),
    services: fc.constant([{ name: 'outside' }]),
  }),
);

const providers = fc.constant({
  kind: 'jwt-provider',
  name: 'okta',
  json_web_key_set: { local: { filename: '/keys' } },
});

const entries = fc.oneof(
  { weight: 4, arbitrary: defaults },
  { weight: 3, arbitrary: resolvers },
  ...[failovers, splitters, routers, intentions, gateways, providers].map((arbitrary) => ({
    weight: 2,
    arbitrary: arbitrary as fc.Arbitrary<object>,
  })),
);

/** Entries of which about every second one contradicts others, each to be written or deleted. */
export const steps: fc.Arbitrary<{ readonly entry: ConfigEntry; readonly isDeleted: boolean }> =
  fc.record({
    entry: entries.filter((entry) => isEntry(entry)).map(entryOf),
    isDeleted: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
  });

/** The checks of single entries are another matter. */
function isEntry(value: object): boolean {
  try {
    return entryOf(value) !== undefined;
  } catch {
    return false;
  }
}

/** What the checks would say if an entry that is there were written now. */
export function contradictions(view: View): readonly string[] {
  return view
    .all(configEntries)
    .map((entry) => changeProblem(view, { entry, isDeleted: false, datacenter })?.words)
    .filter((problem) => problem !== undefined);
}
