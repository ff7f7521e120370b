import { deleteConfigEntry, putConfigEntry } from '@chancery/config-entries';
import { type ConfigEntryKind, configEntryKinds } from '@chancery/model';
import type { Committed } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import { failure, json, type Reply } from '../reply.ts';
import type { ApiRequest, Route } from '../route.ts';
import { casOf } from './cas-of.ts';
import { entryBody } from './entry-body.ts';

/** Putting and deleting config entries. */
export const configWriteRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: '/v1/config',
    right: 'service:write',
    blocking: 'none',
    answer: putEntry,
  },
  {
    method: 'DELETE',
    path: '/v1/config/:kind',
    right: 'service:write',
    blocking: 'none',
    answer: () => failure(404, 'Must provide both a kind and name to delete'),
  },
  {
    method: 'DELETE',
    path: '/v1/config/:kind/*',
    right: 'service:write',
    blocking: 'none',
    answer: deleteEntry,
  },
];

async function putEntry(
  { store, datacenter }: HttpApiDependencies,
  request: ApiRequest,
): Promise<Reply> {
  const cas = casOf(request.query);
  if ('kind' in cas) return cas;
  const body = await entryBody(request);
  if (!body.ok) return body.reply;
  const { entry, warnings } = body;
  const input = { entry, datacenter, ...cas };
  return settled(await store.commit(putConfigEntry, input, request.by), ({ written }) => ({
    ...json(written),
    ...(written && warnings.length > 0 && { warnings }),
  }));
}

async function deleteEntry(
  { store, datacenter }: HttpApiDependencies,
  request: ApiRequest,
): Promise<Reply> {
  const { kind = '', '*': name = '' } = request.params;
  if (!isKind(kind)) return failure(400, `invalid config entry kind: ${kind}`);
  if (kind === 'bound-api-gateway') return onlyByController();
  const cas = casOf(request.query);
  if ('kind' in cas) return cas;
  const input = { kind, name, datacenter, ...cas };
  return settled(await store.commit(deleteConfigEntry, input, request.by), ({ deleted }) =>
    json('cas' in cas ? deleted : {}),
  );
}

/** What follows from other entries is not deleted by anybody. */
function onlyByController(): Reply {
  return failure(403, 'Permission denied: only writeable by controller');
}

/** Whether a text is the name of a kind. */
export function isKind(text: string): text is ConfigEntryKind {
  return configEntryKinds.some((kind) => kind === text);
}

/** Every refusal of an entry is a 500 in Consul, and clients show its text. */
function settled<Result>(outcome: Committed<Result>, reply: (result: Result) => Reply): Reply {
  if (outcome.ok) return { ...reply(outcome.result), revision: outcome.revision };
  const { code, message } = outcome.refusal;
  return failure(code === 'forbidden' ? 403 : 500, message);
}
