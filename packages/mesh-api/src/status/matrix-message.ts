import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type MatrixCell as CellMessage,
  MatrixCellSchema,
  type WatchMatrixResponse,
  WatchMatrixResponseSchema,
} from '../../gen/chancery/mesh/v1/status_pb.ts';
import type { MatrixCell, MeshMatrix } from './mesh-matrix.ts';

/** A matrix as it is sent. */
export function matrixMessage({
  revision,
  sources,
  destinations,
  cells,
}: MeshMatrix): WatchMatrixResponse {
  return create(WatchMatrixResponseSchema, {
    revision: BigInt(revision),
    sources: [...sources],
    destinations: [...destinations],
    cells: cells.map(cellMessage),
  });
}

function cellMessage({
  allowed,
  decidedBy,
  exact,
  declared,
  seen,
  lastSeen,
}: MatrixCell): CellMessage {
  return create(MatrixCellSchema, {
    allowed,
    ...(decidedBy !== undefined && { decidedBy }),
    exact,
    declared,
    seen: BigInt(seen),
    ...(lastSeen !== undefined && { lastSeen: timestampFromMs(lastSeen) }),
  });
}
