import { parseDuration } from '@chancery/model';
import { failure, type Reply } from '../reply.ts';

/** How a client wants a write to be made. */
export interface WriteOptions {
  /** Answer when the proxies that it concerns have acknowledged it, or after this many milliseconds. */
  readonly waitAppliedMs?: number;
}

const parameter = 'wait-applied';
const standardMs = 10_000;
const longestMs = 600_000;

/** Reads the parameters that every write has, or says which makes no sense. */
export function writeOptions(query: URLSearchParams): WriteOptions | Reply {
  const text = query.get(parameter);
  if (text === null) return {};
  const waitAppliedMs = text === '' ? standardMs : parseDuration(text);
  if (waitAppliedMs !== undefined && waitAppliedMs > 0 && waitAppliedMs <= longestMs) {
    return { waitAppliedMs };
  }
  return failure(
    400,
    `Invalid ${parameter}: ${JSON.stringify(text)} is no duration of up to 10m, such as 5s`,
  );
}
