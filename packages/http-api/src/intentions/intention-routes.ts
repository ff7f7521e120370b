import {
  allIntentions,
  createIntention,
  deleteIntention,
  deleteIntentionById,
  intentionBetween,
  intentionById,
  intentionPair,
  type StoredIntention,
  updateIntentionById,
  upsertIntention,
} from '@chancery/config-entries';
import type { Committed } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import { intentionEntry } from '../json/intention-json.ts';
import { intentionShape } from '../json/intention-shape.ts';
import { failure, json, type Reply } from '../reply.ts';
import { type ApiRequest, listing, type Route } from '../route.ts';
import { intentionBody } from './intention-body.ts';
import { pairOf } from './parameters.ts';
import { timeToLive } from './time-to-live.ts';

/** Writing and reading single intentions. */
export const intentionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/connect/intentions',
    right: 'intention:read',
    blocking: 'index',
    read: () =>
      listing(allIntentions, '', {
        records: (found) => found.map(intentionEntry),
        shape: intentionShape,
      }),
  },
  {
    method: 'POST',
    path: '/v1/connect/intentions',
    right: 'intention:write',
    blocking: 'none',
    answer: create,
  },
  {
    method: 'GET',
    path: '/v1/connect/intentions/exact',
    right: 'intention:read',
    blocking: 'none',
    answer: exact,
  },
  {
    method: 'PUT',
    path: '/v1/connect/intentions/exact',
    right: 'intention:write',
    blocking: 'none',
    answer: upsert,
  },
  {
    method: 'DELETE',
    path: '/v1/connect/intentions/exact',
    right: 'intention:write',
    blocking: 'none',
    answer: deletePair,
  },
  {
    method: 'GET',
    path: '/v1/connect/intentions/:id',
    right: 'intention:read',
    blocking: 'none',
    answer: byId,
  },
  {
    method: 'PUT',
    path: '/v1/connect/intentions/:id',
    right: 'intention:write',
    blocking: 'none',
    answer: updateById,
  },
  {
    method: 'DELETE',
    path: '/v1/connect/intentions/:id',
    right: 'intention:write',
    blocking: 'none',
    answer: deleteById,
  },
];

async function create(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const body = await intentionBody(request);
  if (!body.ok) return body.reply;
  const ttl = timeToLive(request.query);
  if ('kind' in ttl) return ttl;
  const id = api.newId();
  const input = { ...body.value, ...ttl, id, nowMs: api.now() };
  return settled(await api.store.commit(createIntention, input, request.by), () =>
    json({ ID: id }),
  );
}

function exact({ store }: HttpApiDependencies, { query }: ApiRequest): Reply {
  const pair = pairOf(query);
  if ('kind' in pair) return pair;
  return shown(store.read(intentionBetween, intentionPair(pair.source, pair.destination)).value);
}

async function upsert(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const pair = pairOf(request.query);
  if ('kind' in pair) return pair;
  const body = await intentionBody(request, pair);
  if (!body.ok) return body.reply;
  const ttl = timeToLive(request.query);
  if ('kind' in ttl) return ttl;
  const input = { ...body.value, ...ttl, datacenter: api.datacenter, nowMs: api.now() };
  const outcome = await api.store.commit(upsertIntention, input, request.by);
  const { warnings } = body;
  return settled(outcome, () => ({ ...json(true), ...(warnings.length > 0 && { warnings }) }));
}

async function deletePair({ store }: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const pair = pairOf(request.query);
  if ('kind' in pair) return pair;
  return settled(await store.commit(deleteIntention, pair, request.by), () => json(true));
}

const uuidLength = 36;

function byId({ store }: HttpApiDependencies, { params: { id = '' } }: ApiRequest): Reply {
  return wrongId(id, 400) ?? shown(store.read(intentionById, id).value);
}

async function updateById(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const { id = '' } = request.params;
  const wrong = wrongId(id, 400);
  if (wrong !== undefined) return wrong;
  const body = await intentionBody(request);
  if (!body.ok) return body.reply;
  const ttl = timeToLive(request.query);
  if ('kind' in ttl) return ttl;
  const input = { ...body.value, ...ttl, id, nowMs: api.now() };
  return settled(await api.store.commit(updateIntentionById, input, request.by), () =>
    json({ ID: id }),
  );
}

async function deleteById({ store }: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const { id = '' } = request.params;
  const wrong = wrongId(id, 500);
  if (wrong !== undefined) return wrong;
  return settled(await store.commit(deleteIntentionById, { id }, request.by), () => json(true));
}

function wrongId(id: string, status: number): Reply | undefined {
  if (id === '') return shown(undefined);
  if (id.length === uuidLength) return undefined;
  return failure(
    status,
    `"${id}" is not the ID of an intention: UUID must be ${uuidLength} characters`,
  );
}

function shown(intention: StoredIntention | undefined): Reply {
  return intention === undefined
    ? failure(404, 'Intention not found')
    : json(intentionEntry(intention));
}

/** Every refusal about an intention is a 500 in Consul, and clients show its text. */
function settled<Result>(outcome: Committed<Result>, reply: () => Reply): Reply {
  if (outcome.ok) return { ...reply(), revision: outcome.revision };
  const { code, message } = outcome.refusal;
  return failure(code === 'forbidden' ? 403 : 500, message);
}
