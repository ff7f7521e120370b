import { rulesTo } from '@chancery/config-entries';
import { parseSpiffeId } from '@chancery/identity';
import { decide, type Verdict } from '@chancery/intentions';
import type { HttpApiDependencies } from '../dependencies.ts';
import { failure, json, type Reply } from '../reply.ts';
import { type ApiRequest, isReply, type Route } from '../route.ts';

/** For services that terminate mTLS themselves: may the bearer of this certificate connect? */
export const authorizeRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/agent/connect/authorize',
    right: 'service:write',
    blocking: 'none',
    answer: authorize,
  },
];

async function authorize(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const body = await request.body();
  if (!body.ok) return body.reply;
  const fields = fieldsOf(body.value);
  if (isReply(fields)) return fields;
  const { Target: target = '', ClientCertURI: uri = '' } = fields;
  if (target === '') return failure(400, 'Target service must be specified');
  const identity = parseSpiffeId(uri);
  if (identity === undefined) {
    return failure(400, 'ClientCertURI not a valid Connect identifier');
  }
  const { trustDomain } = api.store.read(api.roots, '').value;
  if (identity.trustDomain.toLowerCase() !== trustDomain.toLowerCase()) {
    return verdict(false, `Identity from an external trust domain: ${identity.trustDomain}`);
  }
  const { value: rules } = api.store.read(rulesTo(api.defaultPolicy), target);
  const decision = decide(rules, identity.service.name);
  return verdict(decision.allowed, reason(decision));
}

type Fields = Readonly<Partial<Record<'Target' | 'ClientCertURI' | 'ClientCertSerial', string>>>;

/** What the body says, or what in it is not understood. */
function fieldsOf(body: unknown): Fields | Reply {
  const known = ['Target', 'ClientCertURI', 'ClientCertSerial'];
  for (const [key, value] of Object.entries(body ?? {})) {
    if (!known.includes(key)) return undecodable(`json: unknown field ${JSON.stringify(key)}`);
    if (typeof value !== 'string') return undecodable(`${key}: expected a text`);
  }
  return (body ?? {}) as Fields;
}

function undecodable(mistake: string): Reply {
  return failure(400, `Request decode failed: ${mistake}`);
}

function verdict(authorized: boolean, why: string): Reply {
  return json({ Authorized: authorized, Reason: why }, 200, { 'X-Cache': 'HIT', Age: '0' });
}

function reason({ reason: from }: Verdict): string {
  if (from.kind === 'default') return 'Default behavior configured by ACLs';
  const { intention, precedence } = from.rule;
  const { id, source, destination, action, permissions } = intention;
  const facts = [
    ...(id === undefined ? [] : [`ID: ${id}`]),
    `Precedence: ${precedence}`,
    permissions === undefined
      ? `Action: ${action.toUpperCase()}`
      : `Permissions: ${permissions.length}`,
  ];
  const layer = permissions === undefined ? 'L4' : 'L7';
  const pair = `default/${source} => default/${destination}`;
  return `Matched ${layer} intention: ${pair} (${facts.join(', ')})`;
}
