import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { ConnectRouter } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { ChangeService } from '../gen/chancery/mesh/v1/changes_pb.ts';
import { IntentionService } from '../gen/chancery/mesh/v1/intentions_pb.ts';
import { ProxyService } from '../gen/chancery/mesh/v1/proxies_pb.ts';
import { StatusService } from '../gen/chancery/mesh/v1/status_pb.ts';
import { changeCalls } from './changes/change-calls.ts';
import type { MeshApiDependencies } from './dependencies.ts';
import { intentionCalls } from './intentions/intention-calls.ts';
import { proxyCalls } from './proxies/proxy-calls.ts';
import { statusCalls } from './status/status-calls.ts';

/** Answers requests of a `node:http` or `node:http2` server, in the Connect, gRPC and gRPC-Web protocols. */
export type MeshApi = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
) => void;

/** Where the RPCs are: a request for a path that begins like this is for them. */
export const meshApiPrefix = '/chancery.mesh.v1.';

/** The RPCs over the sources they are given. */
export function createMeshApi(api: MeshApiDependencies): MeshApi {
  return connectNodeAdapter({ routes: meshRoutes(api) });
}

/** The RPCs as routes of Connect, for servers of one's own and for tests without a network. */
export function meshRoutes(api: MeshApiDependencies): (router: ConnectRouter) => void {
  return (router) => {
    if (api.proxies) router.service(ProxyService, proxyCalls(api.proxies));
    if (api.intentions) router.service(IntentionService, intentionCalls(api.intentions));
    if (api.changes) router.service(ChangeService, changeCalls(api.changes, api.principal));
    if (api.status) router.service(StatusService, statusCalls(api.status));
  };
}
