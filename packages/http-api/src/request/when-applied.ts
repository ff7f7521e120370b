import type { AppliedRevision, HttpApiDependencies } from '../dependencies.ts';
import { failure, type Reply } from '../reply.ts';
import type { IncomingRequest } from './incoming-request.ts';

/** Why it cannot be waited until proxies have a change, before it is made. */
export function cannotWait(
  { applied }: HttpApiDependencies,
  { write }: IncomingRequest['target'],
): Reply | undefined {
  if (write.waitAppliedMs === undefined || applied !== undefined) return undefined;
  return failure(400, 'wait-applied: this agent does not know what proxies have: leave it away');
}

/**
 * The answer to a write, once the proxies that it concerns have acknowledged it, or the time is over: then it names
 * those that lag. The write was made, whatever comes of that.
 */
export function whenApplied(
  { applied }: HttpApiDependencies,
  request: IncomingRequest,
  reply: Reply,
): Reply | Promise<Reply> {
  const { waitAppliedMs } = request.target.write;
  if (waitAppliedMs === undefined || applied === undefined || (reply.status ?? 200) >= 300) {
    return reply;
  }
  if (reply.revision === undefined) {
    return warned(reply, ['nothing was waited for: this request leads to no revision']);
  }
  return applied(reply.revision, waitAppliedMs, request.gone).then((outcome) =>
    told(reply, outcome),
  );
}

function told(reply: Reply, outcome: AppliedRevision): Reply {
  const { affected, acknowledged, tookMs, lagging, notConnected } = outcome;
  const figures = [
    `affected=${affected}`,
    `acknowledged=${acknowledged}`,
    `took-ms=${Math.round(tookMs)}`,
    ...(notConnected.length > 0 ? [`not-connected=${notConnected.length}`] : []),
  ];
  const headers = { ...reply.headers, 'X-Chancery-Applied': figures.join(' ') };
  return warned({ ...reply, headers }, [
    ...lagging.map(({ id, detail }) => `proxy "${id}" does not have it yet: ${detail}`),
  ]);
}

function warned(reply: Reply, warnings: readonly string[]): Reply {
  return { ...reply, warnings: [...(reply.warnings ?? []), ...warnings] };
}
