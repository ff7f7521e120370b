import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type CheckResponseSchema, CheckStatus } from '../../gen/chancery/mesh/v1/status_pb.ts';
import type { CheckFinding } from './check-finding.ts';

const statuses: Readonly<Record<CheckFinding['status'], CheckStatus>> = {
  ok: CheckStatus.OK,
  warning: CheckStatus.WARNING,
  failed: CheckStatus.FAILED,
  skipped: CheckStatus.SKIPPED,
};

/** A finding as a message. */
export function checkMessage({
  status,
  hint = '',
  at,
  ...finding
}: CheckFinding): MessageInitShape<typeof CheckResponseSchema> {
  return { ...finding, status: statuses[status], hint, at: timestampFromMs(at) };
}
