import { failure, type Reply } from '../reply.ts';
import type { ReportedVerdict } from './local-checks.ts';

/** Reads the body of `/v1/agent/check/update`, or says what is wrong with it. */
export function verdictBody(body: unknown): ReportedVerdict | Reply {
  if (typeof body !== 'object' || Array.isArray(body)) return undecodable('it must be an object');
  const entries = Object.entries(body ?? {});
  const mistake = entries.map(([key, value]) => mistakeIn(key, value)).find(Boolean);
  if (mistake !== undefined) return undecodable(mistake);
  const texts = new Map(entries.map(([key, value]) => [key.toLowerCase(), String(value ?? '')]));
  const status = texts.get('status') ?? '';
  if (status !== 'passing' && status !== 'warning' && status !== 'critical') {
    return failure(400, `Invalid check status: '${status}'`);
  }
  return { status, output: texts.get('output') ?? '' };
}

function mistakeIn(key: string, value: unknown): string | undefined {
  if (!['status', 'output'].includes(key.toLowerCase())) {
    return `json: unknown field ${JSON.stringify(key)}`;
  }
  return typeof value === 'string' || value === null ? undefined : `${key} must be a text`;
}

function undecodable(mistake: string): Reply {
  return failure(400, `Request decode failed: ${mistake}`);
}
