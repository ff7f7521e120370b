import {
  allConfigEntries,
  type ConfigEntryRow,
  configEntriesOf,
  configEntryAt,
  configEntryKey,
} from '@chancery/config-entries';
import { configEntryShape } from '../json/config-entry-shape.ts';
import { configEntry } from '../json/config-json.ts';
import { failure, json, type Reply } from '../reply.ts';
import { type ApiRequest, listing, type Reading, type Route, reading } from '../route.ts';
import { isKind } from './config-writes.ts';

/** Config entries as they are stored. */
export const configReadRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/config/',
    right: 'service:read',
    blocking: 'index',
    read: () => reading(allConfigEntries, '', (rows) => json(rows.map(configEntry))),
  },
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

function entries({ params: { kind = '' }, query }: ApiRequest): Reading | Reply {
  if (!isKind(kind)) return unknownKind(kind);
  const shape = configEntryShape(kind);
  const records = (rows: readonly ConfigEntryRow[]): readonly object[] => rows.map(configEntry);
  if (shape !== undefined) return listing(configEntriesOf, kind, { records, shape });
  if ((query.get('filter') ?? '') !== '') {
    return failure(500, `filtering not supported for config entry kind=${kind}`);
  }
  return reading(configEntriesOf, kind, (rows) => json(records(rows)));
}

function entry({ params: { kind = '', '*': name = '' } }: ApiRequest): Reading | Reply {
  if (!isKind(kind)) return unknownKind(kind);
  return reading(configEntryAt, configEntryKey(kind, name), (row) =>
    row === undefined
      ? failure(404, `Config entry not found for "${kind}" / "${name}"`)
      : json(configEntry(row)),
  );
}

function unknownKind(kind: string): Reply {
  return failure(500, `invalid config entry kind: ${kind}`);
}
