import {
  checkAt,
  checkKey,
  checksOnNode,
  deregisterCheck,
  registerCheck,
  setCheckStatus,
} from '@chancery/catalog';
import { type CheckStatus, decodeCheck } from '@chancery/model';
import { committed } from '../committed.ts';
import type { HttpApiDependencies } from '../dependencies.ts';
import { agentCheck } from '../json/catalog-json.ts';
import { healthCheckShape } from '../json/check-shape.ts';
import { done, failure, type Reply } from '../reply.ts';
import { undecodable } from '../request/undecodable.ts';
import { type ApiRequest, listBy, type Route } from '../route.ts';

/** The checks of this agent, and verdicts reported from outside. */
export const agentCheckRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/checks',
    right: 'node:read',
    blocking: 'none',
    list: ({ store, node }) => {
      const records = store.read(checksOnNode, node.name).value.map(agentCheck);
      return listBy(records, healthCheckShape, ({ CheckID: id }) => id);
    },
  },
  {
    method: 'PUT',
    path: '/v1/agent/check/register',
    right: 'service:write',
    blocking: 'none',
    answer: register,
  },
  {
    method: 'PUT',
    path: '/v1/agent/check/deregister/*',
    right: 'service:write',
    blocking: 'none',
    answer: deregister,
  },
  ...(['pass', 'warn', 'fail'] as const).map(verdictRoute),
  {
    method: 'PUT',
    path: '/v1/agent/check/update/*',
    right: 'service:write',
    blocking: 'none',
    answer: update,
  },
];

const verdicts = { pass: 'passing', warn: 'warning', fail: 'critical' } as const;

function verdictRoute(verb: keyof typeof verdicts): Route {
  return {
    method: 'PUT',
    path: `/v1/agent/check/${verb}/*`,
    right: 'service:write',
    blocking: 'none',
    answer: (api, request) =>
      report(api, request, { status: verdicts[verb], output: request.query.get('note') ?? '' }),
  };
}

async function register(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const body = await request.body();
  if (!body.ok) return body.reply;
  const decoded = decodeCheck(body.value, { casing: 'http' });
  if (!decoded.ok) return undecodable(decoded.issues);
  const { serviceId = '', token: _, ...check } = decoded.value;
  const { principal, why } = request;
  const input = { node: api.node.name, serviceId, check };
  return committed(await api.store.commit(registerCheck, input, { principal, why }), () => done);
}

async function deregister(
  { store, node }: HttpApiDependencies,
  { params: { '*': checkId = '' }, principal, why }: ApiRequest,
): Promise<Reply> {
  const input = { node: node.name, checkId };
  return committed(await store.commit(deregisterCheck, input, { principal, why }), () => done);
}

interface Verdict {
  readonly status: CheckStatus;
  readonly output: string;
}

async function update(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const body = await request.body();
  if (!body.ok) return body.reply;
  const { Status: status, Output: output = '' } = (body.value ?? {}) as {
    readonly Status?: unknown;
    readonly Output?: unknown;
  };
  if (status !== 'passing' && status !== 'warning' && status !== 'critical') {
    return failure(400, `Invalid check status: '${String(status ?? '')}'`);
  }
  if (typeof output !== 'string')
    return failure(400, 'Request decode failed: Output must be a text');
  return await report(api, request, { status, output });
}

/** Only a TTL check is reported from outside: what others find, the agent finds itself. */
async function report(
  { store, node, heartbeat }: HttpApiDependencies,
  { params: { '*': checkId = '' }, principal, why }: ApiRequest,
  verdict: Verdict,
): Promise<Reply> {
  const { value: row } = store.read(checkAt, checkKey(node.name, checkId));
  if (row !== undefined && row.check.probe.kind !== 'ttl') {
    return failure(500, `CheckID "${checkId}" does not have associated TTL`);
  }
  const input = { node: node.name, checkId, ...verdict, output: bounded(verdict.output) };
  const reported = await store.commit(setCheckStatus, input, { principal, why });
  if (reported.ok) heartbeat(checkId);
  return committed(reported, () => done);
}

/** As long as the output of a check may be that the agent runs itself: it is kept, and shown with every instance. */
const maxOutput = 4096;

function bounded(output: string): string {
  if (output.length <= maxOutput) return output;
  return `${output.slice(0, maxOutput)} ... (captured ${maxOutput} of ${output.length} bytes)`;
}
