import type { HttpApiDependencies } from '../dependencies.ts';
import { json, type Reply } from '../reply.ts';
import { isReply, type List, type Route } from '../route.ts';
import type { Answer } from './answer.ts';
import { filteringOf } from './filtering.ts';
import { goOn } from './go-on.ts';
import type { IncomingRequest } from './incoming-request.ts';
import { cannotWait, whenApplied } from './when-applied.ts';

/** Answers a route that waits for nothing. */
export function answerAtOnce(
  api: HttpApiDependencies,
  route: Extract<Route, { readonly blocking: 'none' }>,
  request: IncomingRequest,
): Answer | Promise<Answer> {
  if ('list' in route) {
    return goOn(listed(route.list(api, request), request.query), (reply) => ({ reply }));
  }
  const unable = cannotWait(api, request.target);
  if (unable !== undefined) return { reply: unable };
  return goOn(
    goOn(route.answer(api, request), (reply) => whenApplied(api, request, reply)),
    (reply) => ({ reply }),
  );
}

function listed(list: List | Reply, query: URLSearchParams): Reply | Promise<Reply> {
  if (isReply(list)) return list;
  const { records, shape, shown = (left) => left } = list;
  return goOn(filteringOf(query, shape), (filtering) => {
    if (!filtering.ok) return filtering.reply;
    return filtering.shown((matches) =>
      json(shown(matches === undefined ? records : records.filter(matches))),
    );
  });
}
