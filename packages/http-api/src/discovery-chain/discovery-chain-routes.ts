import { type ServiceSettings, serviceSettings } from '@chancery/config-entries';
import { defineQuery, type Query, type Read } from '@chancery/store';
import type { HttpApiDependencies, PublicRoots } from '../dependencies.ts';
import { failure, json, type Reply } from '../reply.ts';
import { readHeaders } from '../request/blocking.ts';
import { decodingFailed } from '../request/decoding-failed.ts';
import { readOptions } from '../request/read-options.ts';
import { Waiting } from '../request/waiting.ts';
import { type ApiRequest, isReply, type Reading, type Route, reading } from '../route.ts';
import { defaultChain } from './default-chain.ts';
import { type Overrides, overridesOf } from './overrides.ts';

const path = '/v1/discovery-chain/*';
const reads = { saysConsistency: true, cached: 'when asked' } as const;

/** Where traffic to a service goes. */
export const discoveryChainRoutes: readonly Route[] = [
  { method: 'GET', path, right: 'service:read', blocking: 'index', ...reads, read: chain },
  { method: 'POST', path, right: 'service:read', blocking: 'none', answer: customizedChain },
];

function chain(api: HttpApiDependencies, request: ApiRequest): Reading | Reply {
  const service = request.params['*'] ?? '';
  if (service === '') return failure(400, 'Missing chain name');
  return reading(chainInputs(api.roots), service, (inputs) =>
    shown(api, request, service, inputs, {}),
  );
}

/** A chain that differs by what the body asks for. It waits as any read does. */
async function customizedChain(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const service = request.params['*'] ?? '';
  if (service === '') return failure(400, 'Missing chain name');
  const options = readOptions(request.query, api.queryWaits);
  if (isReply(options)) return options;
  const body = await request.body();
  if (!body.ok) return decodingFailed(body.reply);
  const overrides = overridesOf(body.value);
  if (isReply(overrides)) return overrides;
  using waiting = new Waiting(options.waitMs, request.gone);
  const query = chainInputs(api.roots);
  const read: Read<ChainInputs> =
    options.index === 0
      ? api.store.read(query, service)
      : await api.store.wait(query, service, options.index, waiting.signal);
  const reply = shown(api, request, service, read.value, overrides);
  return { ...reply, headers: { ...readHeaders(reads, options, read.index), ...reply.headers } };
}

/** All that a default chain is made of. */
interface ChainInputs {
  readonly settings: ServiceSettings;
  readonly trustDomain: string;
}

const queries = new WeakMap<Query<'', PublicRoots>, Query<string, ChainInputs>>();

/** One query an API: its roots are a part of what it is made of. */
function chainInputs(roots: Query<'', PublicRoots>): Query<string, ChainInputs> {
  const known = queries.get(roots);
  if (known !== undefined) return known;
  const query = defineQuery<string, ChainInputs>({
    name: 'httpApi.chainInputs',
    evaluate: (view, service) => ({
      settings: view.query(serviceSettings, service),
      trustDomain: view.query(roots, '').trustDomain,
    }),
  });
  queries.set(roots, query);
  return query;
}

function shown(
  api: HttpApiDependencies,
  { query }: ApiRequest,
  service: string,
  { settings, trustDomain }: ChainInputs,
  overrides: Overrides,
): Reply {
  const { chainKinds } = settings;
  if (chainKinds.length > 0) {
    const entries = `${chainKinds.join(' and ')} ${chainKinds.length === 1 ? 'entry' : 'entries'}`;
    return failure(501, `The ${entries} of "${service}" cannot be compiled to a chain yet`);
  }
  const datacenter = query.get('compile-dc') || api.datacenter;
  return json({
    Chain: defaultChain({ service, settings, trustDomain, datacenter, overrides }),
  });
}
