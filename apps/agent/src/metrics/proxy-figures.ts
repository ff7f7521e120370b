import type { SyncFigures } from '../proxies/sync-figures.ts';
import type { Figure } from './figure.ts';

type XdsFigures = () => Readonly<Record<string, number>>;

/** What the xDS side holds and has done, and how the proxies stand to it. */
export function proxyFigures(figures: XdsFigures, sync: () => SyncFigures): readonly Figure[] {
  const of = (key: string) => (): number => figures()[key] ?? 0;
  return [
    {
      kind: 'gauge',
      name: 'consul.xds.server.streams',
      help: 'Open xDS streams.',
      labels: ['version'],
      read: () => [{ labels: { version: 'v3' }, value: of('streams')() }],
    },
    ...syncGauges(sync),
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

function syncGauges(sync: () => SyncFigures): readonly Figure[] {
  return [
    {
      kind: 'gauge',
      name: 'chancery.xds.types',
      help: 'Connected proxies by type of resource and what became of what they are to have of it: synced, pending, rejected or not_subscribed.',
      labels: ['type', 'state'],
      read: () =>
        sync().types.map(({ type, state, proxies }) => ({
          labels: { type, state },
          value: proxies,
        })),
    },
    {
      kind: 'gauge',
      name: 'chancery.xds.refused',
      help: 'Resources that proxies refuse now, twenty at most: the JSON path in the resource, what was declared that it comes from, and the JSON path in that.',
      labels: ['proxy', 'type', 'resource', 'path', 'origin', 'origin_path'],
      read: () => sync().refused.map((refused) => ({ labels: { ...refused }, value: 1 })),
    },
    {
      kind: 'gauge',
      name: 'chancery.xds.longest_pending',
      help: 'For how many milliseconds the longest has been pending that is; 0 while nothing is.',
      read: () => sync().pendingMs,
    },
    {
      kind: 'gauge',
      name: 'chancery.xds.sidecars',
      help: 'Registered sidecars with a stream, and without.',
      labels: ['connected'],
      read: () => {
        const { connected, absent } = sync().sidecars;
        return [
          { labels: { connected: 'true' }, value: connected },
          { labels: { connected: 'false' }, value: absent },
        ];
      },
    },
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
