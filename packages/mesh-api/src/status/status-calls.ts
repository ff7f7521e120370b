import type { ServiceImpl } from '@connectrpc/connect';
import type { StatusService } from '../../gen/chancery/mesh/v1/status_pb.ts';
import { checkMessage } from './check-message.ts';
import { matrixMessage } from './matrix-message.ts';
import type { StatusSource } from './status-source.ts';
import { updateMessage } from './update-message.ts';
import { matrixQuestion, wantedSections } from './watch-question.ts';

/** The calls of those who watch, over their source. */
export function statusCalls(source: StatusSource): Partial<ServiceImpl<typeof StatusService>> {
  return {
    async *watch(request, { signal }) {
      for await (const update of source.watch(wantedSections(request), signal)) {
        yield updateMessage(update);
      }
    },
    async *watchMatrix(request, { signal }) {
      for await (const matrix of source.watchMatrix(matrixQuestion(request), signal)) {
        yield matrixMessage(matrix);
      }
    },
    async *check(_request, { signal }) {
      for await (const finding of source.check(signal)) yield checkMessage(finding);
    },
  };
}
