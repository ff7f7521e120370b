import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { DeclaredChange } from '../../gen/chancery/mesh/v1/change_pb.ts';
import {
  type HistoryItem as HistoryItemMessage,
  HistoryItemSchema,
} from '../../gen/chancery/mesh/v1/changes_pb.ts';
import type { HistoryItem } from './change-source.ts';
import { declaredMessage } from './declared-message.ts';

/** What one commit changed, as a message. */
export function historyMessage(item: HistoryItem): HistoryItemMessage {
  return historyMessageOf(item, item.changes.map(declaredMessage));
}

/** The same, of which the changes are messages already. */
export function historyMessageOf(
  { revision, at, by, reason = '', via = '', moreChanges = 0 }: HistoryItem,
  changes: DeclaredChange[],
): HistoryItemMessage {
  return create(HistoryItemSchema, {
    revision: BigInt(revision),
    at: timestampFromMs(at),
    by,
    reason,
    via,
    changes,
    moreChanges,
  });
}
