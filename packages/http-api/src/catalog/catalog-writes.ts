import { deregisterFromCatalog, registerInCatalog } from '@chancery/catalog';
import { formatIssue } from '@chancery/model';
import { committed } from '../committed.ts';
import type { HttpApiDependencies } from '../dependencies.ts';
import { failure, json, type Reply } from '../reply.ts';
import { undecodable } from '../request/undecodable.ts';
import type { ApiRequest, Route } from '../route.ts';
import { type CatalogBody, decodeCatalogBody } from './catalog-body.ts';
import { decodeDeregistration } from './deregistration.ts';

/**
 * Registering what runs where there is no agent. This agent's own node is its own to describe: under another
 * name, or gone, it would have no place for its services until its next start.
 */
export const catalogWriteRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: '/v1/catalog/register',
    right: 'node:write',
    blocking: 'none',
    answer: register,
  },
  {
    method: 'PUT',
    path: '/v1/catalog/deregister',
    right: 'node:write',
    blocking: 'none',
    answer: deregister,
  },
];

async function register(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const body = await request.body();
  if (!body.ok) return body.reply;
  const decoded = decodeCatalogBody(body.value);
  if (!decoded.ok) return undecodable(decoded.issues);
  const elsewhere = otherDatacenter(decoded.value.node.datacenter, api.datacenter);
  if (elsewhere !== undefined) return elsewhere;
  const wrong = (await misplaced(api, decoded.value)) ?? undefined;
  if (wrong !== undefined) return wrong;
  const skipNodeUpdate = decoded.value.skipNodeUpdate || decoded.value.node.node === api.node.name;
  const node = { ...decoded.value.node, datacenter: api.datacenter };
  const input = { ...decoded.value, node, skipNodeUpdate };
  const outcome = await api.store.commit(registerInCatalog, input, request.by);
  return committed(outcome, () => json(true));
}

async function misplaced(
  api: HttpApiDependencies,
  { node, skipNodeUpdate, service }: CatalogBody,
): Promise<Reply | undefined> {
  if (node.node === '') return failure(500, 'Must provide node');
  if (node.address === '' && !skipNodeUpdate) {
    return failure(500, 'Must provide address if SkipNodeUpdate is not set');
  }
  if (node.node !== api.node.name && node.id === api.node.id) {
    return failure(500, `The ID ${node.id} is that of this agent's node, "${api.node.name}"`);
  }
  if (service === undefined) return undefined;
  const mistakes = await api.checkCustomConfig({ service, checks: [] });
  if (mistakes.length === 0) return undefined;
  return failure(400, `Invalid service: ${mistakes.map((issue) => formatIssue(issue)).join('; ')}`);
}

async function deregister(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const body = await request.body();
  if (!body.ok) return body.reply;
  const decoded = decodeDeregistration(body.value);
  if (!decoded.ok) return undecodable(decoded.issues);
  const { node, serviceId, checkId, datacenter } = decoded.value;
  const elsewhere = otherDatacenter(datacenter, api.datacenter);
  if (elsewhere !== undefined) return elsewhere;
  if (node === '') return failure(500, 'Must provide node');
  if (node === api.node.name && !serviceId && !checkId) {
    return failure(
      500,
      `"${node}" is this agent's own node: deregister its services one by one, or stop the agent`,
    );
  }
  const input = { node, serviceId, checkId };
  const outcome = await api.store.commit(deregisterFromCatalog, input, request.by);
  return committed(outcome, () => json(true));
}

function otherDatacenter(asked: string, own: string): Reply | undefined {
  return asked === '' || asked === own ? undefined : failure(500, 'No path to datacenter');
}
