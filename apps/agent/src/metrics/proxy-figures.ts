import type { Figure } from './figure.ts';

type XdsFigures = () => Readonly<Record<string, number>>;

/** What the xDS side holds and has done. */
export function proxyFigures(figures: XdsFigures): readonly Figure[] {
  const of = (key: string) => (): number => figures()[key] ?? 0;
  return [
    {
      kind: 'gauge',
      name: 'consul.xds.server.streams',
      help: 'Open xDS streams.',
      labels: ['version'],
      read: () => [{ labels: { version: 'v3' }, value: of('streams')() }],
    },
    {
      kind: 'gauge',
      name: 'chancery.xds.types',
      help: 'Resource types at proxies by what became of what was sent: synced, pending or rejected.',
      labels: ['state'],
      read: () =>
        ['synced', 'pending', 'rejected'].map((state) => ({
          labels: { state },
          value: of(`types_${state}`)(),
        })),
    },
    ...gauges.map(([name, key, help]): Figure => ({ kind: 'gauge', name, help, read: of(key) })),
    ...counted.map(
      ([key, help]): Figure => ({
        kind: 'counter',
        name: `chancery.xds.${key}`,
        help,
        read: of(key),
      }),
    ),
  ];
}

const gauges = [
  ['consul.xds.server.streamsUnauthenticated', 'streams', 'xDS streams that no token vouches for.'],
  ['chancery.xds.connections', 'connections', 'Open connections of Envoys.'],
  ['chancery.xds.proxies', 'proxies', 'Proxies that are served, or waited for by a stream.'],
] as const;

const counted = [
  ['responses', 'Responses sent to Envoys.'],
  ['acks', 'Responses that Envoys accepted.'],
  ['nacks', 'Responses that Envoys rejected.'],
  ['resources_encoded', 'Resources that were translated and encoded.'],
  ['proxies_checked', 'Looks of the self-check at a proxy.'],
  ['proxies_repaired', 'Proxies that had not been told of a change.'],
] as const;
