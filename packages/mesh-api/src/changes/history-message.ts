import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type HistoryItem as HistoryItemMessage,
  HistoryItemSchema,
} from '../../gen/chancery/mesh/v1/changes_pb.ts';
import type { HistoryItem } from './change-source.ts';
import { declaredMessage } from './declared-message.ts';

/** What one commit changed, as a message. */
export function historyMessage(item: HistoryItem): HistoryItemMessage {
  const { revision, at, by, reason = '', via = '', changes } = item;
  return create(HistoryItemSchema, {
    revision: BigInt(revision),
    at: timestampFromMs(at),
    by,
    reason,
    via,
    changes: changes.map(declaredMessage),
  });
}
