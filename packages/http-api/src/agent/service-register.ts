import { deregisterService, registerService } from '@chancery/catalog';
import {
  type CheckDefinition,
  decodeServiceRegistration,
  formatIssue,
  type ServiceRegistration,
} from '@chancery/model';
import { committed } from '../committed.ts';
import type { HttpApiDependencies } from '../dependencies.ts';
import { done, failure, type Reply } from '../reply.ts';
import { undecodable } from '../request/undecodable.ts';
import type { ApiRequest, Route } from '../route.ts';

/** Registering and deregistering services with this agent. */
export const serviceRegisterRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: '/v1/agent/service/register',
    right: 'service:write',
    blocking: 'none',
    answer: register,
  },
  {
    method: 'PUT',
    path: '/v1/agent/service/deregister/*',
    right: 'service:write',
    blocking: 'none',
    answer: deregister,
  },
];

async function register(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const body = await request.body();
  if (!body.ok) return body.reply;
  const decoded = decodeServiceRegistration(body.value, { casing: 'http' });
  if (!decoded.ok) {
    return undecodable(decoded.issues, { body: body.value, names: ['name'], of: 'service' });
  }
  const forbidden = checksOf(decoded.value).map(api.checks.refusal).find(Boolean);
  if (forbidden !== undefined) return failure(500, forbidden);
  const mistakes = await api.checkCustomConfig(decoded.value);
  if (mistakes.length > 0) {
    const lines = mistakes.map((issue) => formatIssue(issue));
    return failure(400, `Invalid service: ${lines.join('; ')}`);
  }
  const reply = await commit(api, request, decoded.value);
  const warnings = decoded.warnings.map((issue) => formatIssue(issue));
  return { ...reply, warnings: [...(reply.warnings ?? []), ...warnings] };
}

function checksOf({ checks, sidecar }: ServiceRegistration): readonly CheckDefinition[] {
  return [...checks, ...(sidecar?.checks ?? [])];
}

async function commit(
  { store, node, sidecarPorts }: HttpApiDependencies,
  { query, by }: ApiRequest,
  registration: ServiceRegistration,
): Promise<Reply> {
  const replace = query.get('replace-existing-checks');
  const input = {
    node: node.name,
    registration,
    replaceExistingChecks: replace !== null && replace !== 'false' && replace !== '0',
    sidecarPorts,
  };
  const outcome = await store.commit(registerService, input, by);
  if (!outcome.ok && outcome.refusal.code === 'exhausted') {
    return failure(400, `Invalid SidecarService: ${outcome.refusal.message}`);
  }
  return committed(outcome, () => done);
}

async function deregister(
  { store, node }: HttpApiDependencies,
  { params: { '*': serviceId = '' }, by }: ApiRequest,
): Promise<Reply> {
  const input = { node: node.name, serviceId };
  return committed(await store.commit(deregisterService, input, by), () => done);
}
