import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { ownNames, pageRefusal } from '@chancery/http-api';
import { createMeshApi, type MeshApiDependencies, type ProxySource } from '@chancery/mesh-api';
import { meshCalls } from '@chancery/mesh-api/calls';
import { hostNames } from '../http/host-names.ts';
import { mayDoEverything, principalNamed } from '../principal.ts';
import type { AgentMeshParts } from './agent-mesh-parts.ts';
import { meshSources } from './mesh-sources.ts';
import { ownTurn } from './own-turn.ts';

/** The RPCs, once they are loaded. */
export interface LoadedMesh {
  readonly answer: (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ) => void;
  readonly applied: ProxySource['applied'];
}

/** Makes the RPCs. */
export function loadMesh(parts: AgentMeshParts): LoadedMesh {
  const dependencies = meshDependencies(parts);
  const mesh = createMeshApi(dependencies);
  return {
    answer: (request, response) => {
      const began = performance.now();
      response.once('close', () => {
        const { method = '', url = '' } = request;
        const [path = ''] = url.split('?', 1);
        const route = Object.hasOwn(meshCalls, path) ? path : undefined;
        const status = response.headersSent ? response.statusCode : undefined;
        parts.onAnswer({ method, route, path, status, ms: performance.now() - began });
      });
      mesh(request, response);
    },
    applied: appliedOf(dependencies),
  };
}

function meshDependencies(parts: AgentMeshParts): MeshApiDependencies {
  const { store, effects, stopping } = parts;
  return {
    principal: (headers) => principalNamed(headers.get('x-chancery-author')),
    authorise: mayDoEverything,
    refusal: refusalOf(parts),
    revision: () => store.view.revision,
    log: (level, message, about) => effects.log[level]({ part: 'mesh', ...about }, message),
    stopping,
    turn: ownTurn,
    ...meshSources(parts),
  };
}

function appliedOf({ proxies }: MeshApiDependencies): ProxySource['applied'] {
  return async (...asked) => {
    if (proxies === undefined) throw new Error('it is not known what proxies have applied');
    return await proxies.applied(...asked);
  };
}

/** Keeps web pages out, and on the gRPC port those whom the gate keeps out on the HTTP port. */
function refusalOf({
  node,
  config,
  gate,
}: AgentMeshParts): NonNullable<MeshApiDependencies['refusal']> {
  const names = ownNames(node, hostNames(config));
  return (request) => {
    const refused = gate.refusal(request);
    if (refused !== undefined) return { status: 403, message: refused };
    // Over HTTP/2 without TLS comes no browser, and by any name: only what says that it is of a page is kept out.
    const { host, ...headers } = request.headers;
    const isHttp1 = !('stream' in request);
    const page = pageRefusal({ ...headers, ...(isHttp1 && host !== undefined && { host }) }, names);
    return page === undefined ? undefined : { status: page.status, message: page.text };
  };
}
