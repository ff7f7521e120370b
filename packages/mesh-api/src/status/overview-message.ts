import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type Overview, OverviewSchema } from '../../gen/chancery/mesh/v1/status_pb.ts';
import { timestamp } from './row-messages.ts';
import { sectionMessage } from './section-message.ts';
import type { MeshOverview } from './status-update.ts';

/** The mesh in figures, as it is sent. */
export function overviewMessage({
  startedAt,
  rootExpiresAt,
  nextLeafExpiresAt,
  pushes,
  acknowledgements,
  rejections,
  problems,
  ...same
}: MeshOverview): Overview {
  return create(OverviewSchema, {
    ...same,
    startedAt: timestampFromMs(startedAt),
    ...timestamp('rootExpiresAt', rootExpiresAt),
    ...timestamp('nextLeafExpiresAt', nextLeafExpiresAt),
    pushes: BigInt(pushes),
    acknowledgements: BigInt(acknowledgements),
    rejections: BigInt(rejections),
    problems: problems.map(({ text, section }) => ({
      text,
      ...(section && { section: sectionMessage(section) }),
    })),
  });
}
