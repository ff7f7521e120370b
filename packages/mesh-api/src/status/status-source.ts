import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  CheckResponseSchema,
  WatchMatrixRequest,
  WatchMatrixResponseSchema,
  WatchRequest,
  WatchResponseSchema,
} from '../../gen/chancery/mesh/v1/status_pb.ts';

/** Where those who watch the mesh get it from. Each sequence ends when the signal aborts. */
export interface StatusSource {
  readonly watch: (
    request: WatchRequest,
    signal: AbortSignal,
  ) => AsyncIterable<MessageInitShape<typeof WatchResponseSchema>>;
  readonly watchMatrix: (
    request: WatchMatrixRequest,
    signal: AbortSignal,
  ) => AsyncIterable<MessageInitShape<typeof WatchMatrixResponseSchema>>;
  readonly check: (
    signal: AbortSignal,
  ) => AsyncIterable<MessageInitShape<typeof CheckResponseSchema>>;
}
