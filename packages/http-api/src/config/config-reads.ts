import { configEntriesOf, configEntryAt, configEntryKey } from '@chancery/config-entries';
import { configEntry } from '../json/intention-json.ts';
import { failure, json, type Reply } from '../reply.ts';
import { type ApiRequest, type Reading, type Route, reading } from '../route.ts';

/** Config entries as they are stored. */
export const configReadRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/config/:kind',
    right: 'service:read',
    blocking: 'index',
    read: (_api, request) => entries(request),
  },
  {
    method: 'GET',
    path: '/v1/config/:kind/*',
    right: 'service:read',
    blocking: 'index',
    read: (_api, request) => entry(request),
  },
];

/** Kinds that Consul has and that cannot be written here yet: there is none of them. */
const otherKinds = new Set([
  'api-gateway',
  'bound-api-gateway',
  'exported-services',
  'file-system-certificate',
  'http-route',
  'ingress-gateway',
  'inline-certificate',
  'jwt-provider',
  'mesh',
  'proxy-defaults',
  'sameness-group',
  'service-defaults',
  'service-resolver',
  'service-router',
  'service-splitter',
  'tcp-route',
  'terminating-gateway',
]);

function entries({ params: { kind = '' } }: ApiRequest): Reading | Reply {
  const wrong = unknownKind(kind);
  if (wrong !== undefined) return wrong;
  const isStored = kind === 'service-intentions';
  return reading(configEntriesOf, 'service-intentions', (rows) =>
    json(isStored ? rows.map(configEntry) : []),
  );
}

function entry({ params: { kind = '', '*': name = '' } }: ApiRequest): Reading | Reply {
  const wrong = unknownKind(kind);
  if (wrong !== undefined) return wrong;
  const isStored = kind === 'service-intentions';
  return reading(configEntryAt, configEntryKey('service-intentions', name), (row) =>
    row === undefined || !isStored
      ? failure(404, `Config entry not found for "${kind}" / "${name}"`)
      : json(configEntry(row)),
  );
}

function unknownKind(kind: string): Reply | undefined {
  if (kind === 'service-intentions' || otherKinds.has(kind)) return undefined;
  return failure(500, `invalid config entry kind: ${kind}`);
}
