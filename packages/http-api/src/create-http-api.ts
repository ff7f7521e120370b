import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpApiDependencies } from './dependencies.ts';
import { failure, type Reply } from './reply.ts';
import type { Answer } from './request/answer.ts';
import { answerAtOnce } from './request/at-once.ts';
import { denial } from './request/authorise.ts';
import { answerByHash, answerByIndex } from './request/blocking.ts';
import { bodyDropped } from './request/body.ts';
import { goOn } from './request/go-on.ts';
import { ownNames, pageRefusal } from './request/guard.ts';
import { IncomingRequest } from './request/incoming-request.ts';
import { Pacing } from './request/pacing.ts';
import { hasWrongCacheControl } from './request/read-options.ts';
import { send } from './request/send.ts';
import { ShownResults } from './request/shown-results.ts';
import { createTargets, type RouteTarget, type Target } from './request/target.ts';
import { tellWhenOver } from './request/when-over.ts';
import { createRouter } from './router.ts';
import { routes } from './routes.ts';

/** Answers requests of a `node:http` server. */
export type HttpApi = (request: IncomingMessage, response: ServerResponse) => void;

/** The HTTP API over the engines it is given. It never throws: what goes wrong is logged and answered. */
export function createHttpApi(api: HttpApiDependencies): HttpApi {
  const targets = createTargets(createRouter(routes), api);
  const names = ownNames(api.node, api.hostNames);
  const edge: Edge = { api, names, shown: new ShownResults(), pacing: new Pacing() };
  const headers = {
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    'X-Consul-Default-ACL-Policy': api.defaultPolicy,
  };
  return (request, response) => {
    const target = targets(request.method ?? '', request.url ?? '/');
    const { layout } = target;
    tellWhenOver(request, response, target, api.onAnswer);
    const sent = (answer: Answer): void | Promise<void> =>
      goOn(bodyDropped(request), () => send(request, response, answer, { layout, headers }));
    const failed = (error: unknown): void => {
      const reply = internalError(api, request, response, error);
      if (reply !== undefined) void sent({ reply });
    };
    try {
      const outcome = goOn(answer(edge, target, request, response), sent);
      if (outcome instanceof Promise) outcome.catch(failed);
    } catch (error) {
      failed(error);
    }
  };
}

interface Edge {
  readonly api: HttpApiDependencies;
  readonly names: ReadonlySet<string>;
  readonly shown: ShownResults;
  readonly pacing: Pacing;
}

function answer(
  edge: Edge,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Answer | Promise<Answer> {
  const { api, names } = edge;
  const forbidden = pageRefusal(request.headers, names);
  if (forbidden !== undefined) return { reply: failure(forbidden.status, forbidden.text) };
  if (target.kind === 'reply') return target;
  if (hasWrongCacheControl(target.route, request.headers)) {
    return { reply: failure(400, 'Invalid Cache-Control header.') };
  }
  const asked = api.principal(tokenOf(request, target.query), authorOf(request));
  return goOn(asked, (principal) => {
    const denied = denial(api, principal, target.route);
    if (denied !== undefined) return { reply: denied };
    return run(edge, target, new IncomingRequest(target, principal, { request, response, api }));
  });
}

function run(
  { api, shown, pacing }: Edge,
  { route, layout }: RouteTarget,
  request: IncomingRequest,
): Answer | Promise<Answer> {
  switch (route.blocking) {
    case 'none':
      return answerAtOnce(api, route, request);
    case 'certificate':
      return goOn(route.answer(api, request), (reply) => ({ reply }));
    case 'index':
      return answerByIndex({ api, shown, pacing, layout, request }, route);
    case 'hash':
      return answerByHash({ api, shown, pacing, layout, request }, route);
  }
}

function tokenOf(request: IncomingMessage, query: URLSearchParams): string | undefined {
  const header = request.headers['x-consul-token'];
  if (typeof header === 'string' && header !== '') return header;
  const [, bearer] = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? (query.get('token') || undefined);
}

function authorOf({ headers }: IncomingMessage): string | undefined {
  const author = headers['x-chancery-author'];
  return typeof author === 'string' && author !== '' ? author : undefined;
}

/** A bug or a lost disk: the log gets the error, the client no detail. Nothing can be said when half an answer is out. */
function internalError(
  { log }: HttpApiDependencies,
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): Reply | undefined {
  log('error', 'a request failed', { method, path: url.split('?')[0], err: error });
  if (!response.headersSent) return failure(500, 'Internal error: the log of the agent says more');
  response.destroy();
  return undefined;
}
