import { rulesTo } from '@chancery/config-entries';
import { parseSpiffeId } from '@chancery/identity';
import { decide, type Verdict } from '@chancery/intentions';
import type { Issue } from '@chancery/model';
import type { HttpApiDependencies } from '../dependencies.ts';
import { failure, json, type Reply } from '../reply.ts';
import { fieldsOf, text } from '../request/fields.ts';
import { undecodable } from '../request/undecodable.ts';
import type { ApiRequest, Route } from '../route.ts';

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
  const issues: Issue[] = [];
  const fields = fieldsOf(body.value ?? {}, keys, [], issues);
  if (issues.length > 0) return undecodable(issues);
  const target = text(fields['Target']);
  if (target === '') return failure(400, 'Target service must be specified');
  const identity = parseSpiffeId(text(fields['ClientCertURI']));
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

const keys = { Target: 'text', ClientCertURI: 'text', ClientCertSerial: 'text' } as const;

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
