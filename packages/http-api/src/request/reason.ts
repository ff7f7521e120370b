import type { IncomingHttpHeaders } from 'node:http';
import { reasonText } from '@chancery/model';

/** Why a change is made, in the words of who makes it: `?reason=` or, for who cannot add to the query, `X-Chancery-Reason`. */
export function reasonOf(headers: IncomingHttpHeaders, query: URLSearchParams): string | undefined {
  const header = headers['x-chancery-reason'];
  if (header === undefined && !query.has('reason')) return undefined;
  return reasonText(query.get('reason') ?? '') ?? reasonText(utf8(header));
}

/** A header holds bytes, which Node gives one a character. */
function utf8(header: string | string[] | undefined): string {
  return Buffer.from(String(header ?? ''), 'latin1').toString('utf8');
}
