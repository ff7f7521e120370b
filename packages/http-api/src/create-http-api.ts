import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpApiDependencies } from './dependencies.ts';
import { failure, json, type Reply } from './reply.ts';
import { answerByHash, answerByIndex } from './request/blocking.ts';
import { readJson } from './request/body.ts';
import { refused } from './request/guard.ts';
import { outOfScope } from './request/read-options.ts';
import { send } from './request/send.ts';
import { type ApiRequest, type Body, isReply, type List, type Route } from './route.ts';
import { createRouter, type Router } from './router.ts';
import { routes } from './routes.ts';

/** Answers requests of a `node:http` server. */
export type HttpApi = (request: IncomingMessage, response: ServerResponse) => void;

const defaultMaxBodyBytes = 1024 * 1024;

/** The HTTP API over the engines it is given. It never throws: what goes wrong is logged and answered. */
export function createHttpApi(api: HttpApiDependencies): HttpApi {
  const router = createRouter(routes);
  const names = new Set([api.node.name, ...api.hostNames].map((name) => name.toLowerCase()));
  const headers = { 'X-Consul-Default-ACL-Policy': api.defaultPolicy };
  return (request, response) => {
    const target = targetOf(request.url ?? '/');
    const lineEnd = target.query.has('pretty');
    const shape = { indented: api.dev || lineEnd, lineEnd, headers };
    answer(api, { router, names }, request, response, target)
      .catch((error: unknown) => internalError(api, request, error))
      .then((reply) => send(request, response, reply, shape))
      .catch((error: unknown) => {
        api.log('warn', 'an answer could not be sent', { error });
        response.destroy();
      });
  };
}

interface Target {
  readonly path: string;
  readonly query: URLSearchParams;
}

function targetOf(url: string): Target {
  const mark = url.indexOf('?');
  if (mark < 0) return { path: url, query: new URLSearchParams() };
  return { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

interface Reception {
  readonly router: Router;
  readonly names: ReadonlySet<string>;
}

async function answer(
  api: HttpApiDependencies,
  { router, names }: Reception,
  request: IncomingMessage,
  response: ServerResponse,
  { path, query }: Target,
): Promise<Reply> {
  const forbidden = refused(request.headers, names);
  if (forbidden !== undefined) return forbidden;
  const found = router(request.method ?? '', path);
  if (found.kind === 'reply') return found.reply;
  const scope = outOfScope(path, query, api.datacenter);
  if (scope !== undefined) return scope;
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return await run(api, found.route, {
    params: found.params,
    query,
    principal: await api.principal(tokenOf(request, query)),
    why: `${request.method} ${path}`,
    body: (): Promise<Body> => readJson(request, api.maxBodyBytes ?? defaultMaxBodyBytes),
    gone: gone.signal,
  });
}

function run(api: HttpApiDependencies, route: Route, request: ApiRequest): Promise<Reply> | Reply {
  switch (route.blocking) {
    case 'none':
      return 'list' in route ? listed(route.list(api, request)) : route.answer(api, request);
    case 'index':
      return answerByIndex(api, route, request);
    case 'hash':
      return answerByHash(api, route, request);
  }
}

function listed(list: List | Reply): Reply {
  if (isReply(list)) return list;
  const { records, shown = (left) => left } = list;
  return json(shown(records));
}

function tokenOf(request: IncomingMessage, query: URLSearchParams): string | undefined {
  const header = request.headers['x-consul-token'];
  if (typeof header === 'string' && header !== '') return header;
  const [, bearer] = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? (query.get('token') || undefined);
}

/** A bug or a lost disk: the log gets the error, the client no detail. */
function internalError(api: HttpApiDependencies, request: IncomingMessage, error: unknown): Reply {
  const path = (request.url ?? '').split('?')[0];
  api.log('error', 'a request failed', { method: request.method, path, error });
  return failure(500, 'Internal error: the log of the agent says more');
}
