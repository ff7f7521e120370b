import {
  decodeIntention,
  formatIssue,
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
  | {
      readonly ok: true;
      readonly value: IntentionDeclaration;
      /** What it says and nobody carries out, each by its path. */
      readonly warnings: readonly string[];
    }
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
  if (decoded.ok) {
    const warnings = decoded.warnings.map((issue) => formatIssue(issue));
    return { ok: true, value: decoded.value, warnings };
  }
  return { ok: false, reply: refusedBody(decoded.issues) };
}

/** No service can have this name. What is wrong with an empty one and with a wildcard is said where rules are checked. */
function isOddName(name: string): boolean {
  return name !== '' && !name.includes('*') && !isServiceName(name);
}

/** What is missing is told in words and with a status that clients know. */
function refusedBody(issues: readonly Issue[]): Reply {
  const areMissing = issues.every(({ code, path }) => code === 'missing' && path.length === 0);
  if (!areMissing) return undecodable(issues);
  const says = issues.map(({ message }) => message.replace('is missing', 'must be set'));
  return failure(500, says.join('; '));
}
