import { checkAt, checkKey, checksOnNode, deregisterCheck, registerCheck } from '@chancery/catalog';
import { decodeCheck, formatIssue } from '@chancery/model';
import { committed } from '../committed.ts';
import type { HttpApiDependencies } from '../dependencies.ts';
import { agentCheck } from '../json/check-json.ts';
import { healthCheckShape } from '../json/check-shape.ts';
import { done, failure, type Reply } from '../reply.ts';
import { undecodable } from '../request/undecodable.ts';
import { type ApiRequest, listBy, type Route } from '../route.ts';
import type { ReportedVerdict } from './local-checks.ts';
import { verdictBody } from './verdict-body.ts';

/** The checks of this agent, and verdicts reported from outside. */
export const agentCheckRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/checks',
    right: 'node:read',
    blocking: 'none',
    list: ({ store, node, checks }) => {
      const { value } = store.read(checksOnNode, node.name);
      // What others report of this node is not run here.
      const own = value.filter(({ check }) => check.probe.kind !== 'reported');
      const records = own.map((row) => agentCheck(row, checks.lastOutput(row.check.checkId)));
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
  if (!decoded.ok) {
    const names = ['name', 'id', 'checkid'];
    return undecodable(decoded.issues, { body: body.value, names, of: 'check' });
  }
  const { serviceId = '', token: _, ...check } = decoded.value;
  const refusal = api.checks.refusal(check);
  if (refusal !== undefined) return failure(500, refusal);
  const input = { node: api.node.name, serviceId, check };
  const warnings = decoded.warnings.map((issue) => formatIssue(issue));
  const outcome = await api.store.commit(registerCheck, input, request.by);
  return committed(outcome, () => ({ ...done, warnings }));
}

async function deregister(
  { store, node }: HttpApiDependencies,
  { params: { '*': checkId = '' }, by }: ApiRequest,
): Promise<Reply> {
  const input = { node: node.name, checkId };
  return committed(await store.commit(deregisterCheck, input, by), () => done);
}

async function update(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const body = await request.body();
  if (!body.ok) return body.reply;
  const verdict = verdictBody(body.value);
  return 'kind' in verdict ? verdict : await report(api, request, verdict);
}

/** Only a TTL check is reported from outside: what others find, the agent finds itself. */
async function report(
  { store, node, checks }: HttpApiDependencies,
  { params: { '*': checkId = '' }, by }: ApiRequest,
  verdict: ReportedVerdict,
): Promise<Reply> {
  const { value: row } = store.read(checkAt, checkKey(node.name, checkId));
  if (row === undefined) {
    const unknown = `Unknown check ID "${checkId}". Ensure that the check ID is passed, not the check name.`;
    return failure(404, unknown);
  }
  if (row.check.probe.kind !== 'ttl') {
    return failure(500, `CheckID "${checkId}" does not have associated TTL`);
  }
  return committed(await checks.report(row.check, verdict, by), () => done);
}
