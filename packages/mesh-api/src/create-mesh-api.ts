import { Code, ConnectError, type ConnectRouter, createConnectRouter } from '@connectrpc/connect';
import type { UniversalHandler } from '@connectrpc/connect/protocol';
import {
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from '@connectrpc/connect-node';
import { ChangeService } from '../gen/chancery/mesh/v1/changes_pb.ts';
import { IntentionService } from '../gen/chancery/mesh/v1/intentions_pb.ts';
import { ProxyService } from '../gen/chancery/mesh/v1/proxies_pb.ts';
import { StatusService } from '../gen/chancery/mesh/v1/status_pb.ts';
import { changeCalls } from './changes/change-calls.ts';
import type { MeshApiDependencies, MeshApiLimits } from './dependencies.ts';
import { intentionCalls } from './intentions/intention-calls.ts';
import { proxyCalls } from './proxies/proxy-calls.ts';
import {
  cut,
  isOver,
  pathOf,
  refuse,
  type ServedRequest,
  type ServedResponse,
} from './serving/exchange.ts';
import { inTurn } from './serving/in-turn.ts';
import { logged } from './serving/logged.ts';
import { MessageBounds } from './serving/message-bounds.ts';
import { OpenCalls } from './serving/open-calls.ts';
import { rightsGate } from './serving/rights.ts';
import { worded } from './serving/worded-response.ts';
import { statusCalls } from './status/status-calls.ts';

/**
 * Answers requests of a `node:http` or `node:http2` server: in the protocols of Connect and gRPC-Web over either,
 * in that of gRPC over HTTP/2. It never throws: what goes wrong is logged and answered.
 */
export type MeshApi = (request: ServedRequest, response: ServedResponse) => void;

const standardLimits: MeshApiLimits = {
  maxMessageBytes: 4 * 1024 * 1024,
  maxChangeBytes: 16 * 1024 * 1024,
  maxCalls: 1000,
  requestMs: 60_000,
  stallMs: 30_000,
};

/** The RPCs over the sources they are given. */
export function createMeshApi(api: MeshApiDependencies): MeshApi {
  const limits = { ...standardLimits, ...api.limits };
  const bounds = new MessageBounds(limits);
  const router = routerOf(api, limits, bounds);
  const calls = new Map(router.handlers.map((call) => [call.requestPath, call]));
  const open = new OpenCalls(limits);
  return (request, response) => {
    // What is told of the state is never to be told again.
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    const path = pathOf(request);
    const call = calls.get(path);
    const refusal = api.refusal?.(request);
    if (refusal !== undefined) {
      refuse(response, refusal.status, { code: 'permission_denied', message: refusal.message });
    } else if (call === undefined) {
      refuse(response, 404, { code: 'unimplemented', message: `${path} is not served here` });
    } else if (open.admit(request, response)) {
      answer(call, request, response, bounds).catch((error) =>
        failed(api, request, response, error),
      );
    } else {
      const message = `${limits.maxCalls} calls are being answered: try again when some are over`;
      refuse(response, 429, { code: 'resource_exhausted', message });
    }
  };
}

function routerOf(
  api: MeshApiDependencies,
  limits: MeshApiLimits,
  bounds: MessageBounds,
): ConnectRouter {
  const mayCall = rightsGate(api);
  const router = createConnectRouter({
    // Brotli as it is set here takes seconds for what gzip does in milliseconds.
    acceptCompression: [compressionGzip],
    // The bytes of a body are counted as they come; this one holds for what they become once they are unpacked.
    readMaxBytes: Math.max(limits.maxMessageBytes, limits.maxChangeBytes),
    // A field that is misspelt has no effect, and one that is left out of an answer looks like one that is not known.
    jsonOptions: { ignoreUnknownFields: false, alwaysEmitImplicit: true },
    requestGate: async (context) => {
      await mayCall(context);
      const { service, method, requestHeader } = context;
      const announced = Number(requestHeader.get('content-length') ?? 0);
      bounds.admit(`/${service.typeName}/${method.name}`, announced);
    },
    interceptors: [logged(api.log), ...(api.turn ? [inTurn(api.turn)] : [])],
    ...(api.stopping && { shutdownSignal: endedBy(api.stopping) }),
  });
  meshRoutes(api)(router);
  return router;
}

/** The RPCs as routes of Connect, for servers of one's own and for tests without a network. Rights are not asked about. */
export function meshRoutes(api: MeshApiDependencies): (router: ConnectRouter) => void {
  return (router) => {
    router.service(ProxyService, api.proxies ? proxyCalls(api.proxies, api.revision) : {});
    router.service(IntentionService, api.intentions ? intentionCalls(api.intentions) : {});
    router.service(
      ChangeService,
      api.changes ? changeCalls(api.changes, api.principal, api.turn) : {},
    );
    router.service(StatusService, api.status ? statusCalls(api.status) : {});
  };
}

/** What ends calls, with the sentence that their callers are told. */
function endedBy(stopping: AbortSignal): AbortSignal {
  const ended = new AbortController();
  const end = (): void => ended.abort(new ConnectError('the agent is stopping', Code.Unavailable));
  if (stopping.aborted) end();
  else stopping.addEventListener('abort', end, { once: true });
  return ended.signal;
}

async function answer(
  call: UniversalHandler,
  request: ServedRequest,
  response: ServedResponse,
  bounds: MessageBounds,
): Promise<void> {
  const asked = universalRequestFromNodeRequest(request, response, undefined, undefined);
  // A body that is left in the middle, because it is too large, must not take the connection of its answer with it.
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  const bounded = bounds.bounded(call.requestPath, body, response);
  const answered = await call({ ...asked, body: bounded });
  if (!request.complete) request.resume();
  await universalResponseToNodeResponse(worded(answered, call, request), response);
}

/** A client that has gone is no failure. What else comes here is a request that is none, such as one without a Host. */
function failed(
  { log }: MeshApiDependencies,
  request: ServedRequest,
  response: ServedResponse,
  error: unknown,
): void {
  if (isOver(response)) return;
  if (response.headersSent) {
    cut(response);
    return;
  }
  log('warn', 'a call could not be read', { path: pathOf(request), err: error });
  refuse(response, 400, { code: 'invalid_argument', message: 'The request cannot be read' });
}
