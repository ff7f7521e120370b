import {
  decodeIntention,
  type IntentionDeclaration,
  type Issue,
  isServiceName,
} from '@chancery/model';
import { failure, type Reply } from '../reply.ts';
import { undecodable } from '../request/undecodable.ts';
import type { ApiRequest } from '../route.ts';
import type { Pair } from './parameters.ts';

/** The intention that a request carries, or the answer that says what is wrong with it. */
export type IntentionBody =
  | { readonly ok: true; readonly value: IntentionDeclaration }
  | { readonly ok: false; readonly reply: Reply };

/** Reads an intention. `pair` is what the address of the request says. */
export async function intentionBody(request: ApiRequest, pair?: Pair): Promise<IntentionBody> {
  const odd = pair && [pair.source, pair.destination].find(isOddName);
  if (odd !== undefined) {
    return { ok: false, reply: failure(400, `${JSON.stringify(odd)} is no name of a service`) };
  }
  const body = await request.body();
  if (!body.ok) return body;
  const decoded = decodeIntention(body.value, { casing: 'http', ...(pair && { pair }) });
  if (decoded.ok) return decoded;
  return { ok: false, reply: refusedBody(decoded.issues, pair !== undefined) };
}

/** No service can have this name. What is wrong with an empty one and with a wildcard is said where rules are checked. */
function isOddName(name: string): boolean {
  return name !== '' && !name.includes('*') && !isServiceName(name);
}

/** Two mistakes have words and a status that clients know. */
function refusedBody(issues: readonly Issue[], asSource: boolean): Reply {
  const [first] = issues;
  const key = String(first?.path[0] ?? '');
  if (key === 'Action' && first?.code !== 'unknown-key') {
    const place = asSource ? 'Sources[0].Action' : 'Action';
    return failure(500, `${place} must be set to 'allow' or 'deny'`);
  }
  if (first?.code === 'missing' && first.path.length === 0) {
    const missing = issues.filter(({ code }) => code === 'missing');
    return failure(
      500,
      missing.map(({ message }) => message.replace('is missing', 'must be set')).join('; '),
    );
  }
  return undecodable(issues);
}
