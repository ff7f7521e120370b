import {
  type ConfigEntry,
  decodeConfigEntry,
  entryRefusal,
  formatIssue,
  type Issue,
} from '@chancery/model';
import { failure, type Reply } from '../reply.ts';
import { decodingFailed } from '../request/decoding-failed.ts';
import type { ApiRequest } from '../route.ts';

/** The entry that a request carries, or the answer that says what is wrong with it. */
export type EntryBody =
  | { readonly ok: true; readonly entry: ConfigEntry; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly reply: Reply };

/** Reads a config entry. */
export async function entryBody(request: ApiRequest): Promise<EntryBody> {
  const body = await request.body();
  if (!body.ok) return { ok: false, reply: decodingFailed(body.reply) };
  const decoded = decodeConfigEntry(body.value, { casing: 'http' });
  if (!decoded.ok) return { ok: false, reply: refused(decoded.issues) };
  const warnings = decoded.warnings.map((issue) => formatIssue(issue));
  return { ok: true, entry: decoded.value, warnings };
}

/** As in Consul: what cannot be read is the client's mistake, what does not fit together the server's refusal. */
function refused(issues: readonly Issue[]): Reply {
  const { phase, text } = entryRefusal(issues);
  switch (phase) {
    case 'decoding':
      return failure(400, `Request decoding failed: ${text}`);
    case 'validation':
      return failure(500, text);
    case 'permission':
      return failure(403, text);
  }
}
