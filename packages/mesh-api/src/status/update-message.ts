import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  AliveSchema,
  CompleteSchema,
  type WatchResponse,
  WatchResponseSchema,
} from '../../gen/chancery/mesh/v1/status_pb.ts';
import { historyMessage } from '../changes/history-message.ts';
import { proxyMessage } from '../proxies/proxy-message.ts';
import { overviewMessage } from './overview-message.ts';
import { certificateMessage, intentionMessage, serviceMessage } from './row-messages.ts';
import type { StatusPart, StatusUpdate } from './status-update.ts';

/** What a watcher is told, as it is sent. */
export function updateMessage({ revision, at, part }: StatusUpdate): WatchResponse {
  return create(WatchResponseSchema, {
    revision: BigInt(revision),
    at: timestampFromMs(at),
    part: partOf(part),
  });
}

type PartMessage = NonNullable<MessageInitShape<typeof WatchResponseSchema>['part']>;

function partOf(part: StatusPart): PartMessage {
  switch (part.kind) {
    case 'overview':
      return { case: 'overview', value: overviewMessage(part.overview) };
    case 'proxies':
      return { case: 'proxies', value: rowsOf(part, proxyRow) };
    case 'services':
      return { case: 'services', value: rowsOf(part, serviceRow) };
    case 'intentions':
      return { case: 'intentions', value: rowsOf(part, intentionRow) };
    case 'certificates':
      return { case: 'certificates', value: rowsOf(part, certificateRow) };
    case 'history':
      return { case: 'history', value: { items: part.items.map(historyRow) } };
    case 'complete':
      return { case: 'complete', value: create(CompleteSchema) };
    case 'alive':
      return { case: 'alive', value: create(AliveSchema) };
  }
}

const proxyRow = oncePerRow(proxyMessage);
const serviceRow = oncePerRow(serviceMessage);
const intentionRow = oncePerRow(intentionMessage);
const certificateRow = oncePerRow(certificateMessage);
const historyRow = oncePerRow(historyMessage);

/** Watchers share the rows they are told of, and so the messages made of them. */
function oncePerRow<Row extends object, Message>(convert: (row: Row) => Message) {
  const known = new WeakMap<Row, Message>();
  return (row: Row): Message => {
    const message = known.get(row) ?? convert(row);
    known.set(row, message);
    return message;
  };
}

function rowsOf<Row, Message>(
  { changed, removed }: { readonly changed: readonly Row[]; readonly removed: readonly string[] },
  convert: (row: Row) => Message,
): { changed: Message[]; removed: string[] } {
  return { changed: changed.map(convert), removed: [...removed] };
}
