import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse, type ServerHttp2Stream } from 'node:http2';
import type { ProxySource } from '@chancery/mesh-api';
import { meshApiPrefix } from '@chancery/mesh-api/calls';
import type { AgentMeshParts } from './agent-mesh-parts.ts';
import type { LoadedMesh } from './load-mesh.ts';

/** The RPCs of an agent. Disposing of it ends the calls that are open, and tells their callers why. */
export interface AgentMesh extends Disposable {
  /** Answers a request of the HTTP port whose path is that of an RPC; false for any other. */
  readonly answers: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The same for a stream of the gRPC port. */
  readonly routes: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => boolean;
  /** Which proxies have taken a revision. */
  readonly applied: ProxySource['applied'];
}

/**
 * The RPCs, of which nothing is loaded before the first call: an agent that nobody asks starts no slower and is no
 * larger for them.
 */
export function openAgentMesh(parts: Omit<AgentMeshParts, 'stopping'>): AgentMesh {
  const stopping = new AbortController();
  let loading: Promise<LoadedMesh> | undefined;
  const loaded = (): Promise<LoadedMesh> => {
    loading ??= import('./load-mesh.ts').then(({ loadMesh }) =>
      loadMesh({ ...parts, stopping: stopping.signal }),
    );
    return loading;
  };
  const answer = (...exchange: Parameters<LoadedMesh['answer']>): void => {
    loaded().then(
      (mesh) => mesh.answer(...exchange),
      (err) => {
        parts.effects.log.error({ part: 'mesh', err }, 'the RPCs cannot be loaded');
        fail(exchange[1]);
      },
    );
  };
  return {
    answers: (request, response) => {
      const isOurs = request.url?.startsWith(meshApiPrefix) === true;
      if (isOurs) answer(request, response);
      return isOurs;
    },
    routes: (stream, headers) => {
      const isOurs = String(headers[':path']).startsWith(meshApiPrefix);
      // Streams are announced as such here; what answers them wants them as requests.
      if (isOurs) {
        answer(new Http2ServerRequest(stream, headers, {}, []), new Http2ServerResponse(stream));
      }
      return isOurs;
    },
    applied: async (...asked) => (await loaded()).applied(...asked),
    [Symbol.dispose]: () => stopping.abort(),
  };
}

function fail(response: ServerResponse | Http2ServerResponse): void {
  const message = 'Internal error: the log of the agent says more';
  response.statusCode = 500;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ code: 'internal', message }));
}
