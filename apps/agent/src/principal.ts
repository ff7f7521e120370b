import { oneLine } from '@chancery/model';
import type { Principal } from '@chancery/store';

const anonymous: Principal = { name: 'anonymous' };

const mostChars = 64;

/**
 * Who asks. There are no tokens yet: whoever calls themselves something in `X-Chancery-Author` is believed, and shown
 * as unverified.
 */
export function principalNamed(author: string | null | undefined): Principal {
  if (!author) return anonymous;
  const name = oneLine(unescaped(author));
  if (name === '') return anonymous;
  return { name: `${name.slice(0, mostChars).toWellFormed()} (unverified)` };
}

/** A header holds bytes, one a character; what is beyond ASCII may be escaped as in a URL. */
function unescaped(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** There are no tokens yet: whoever reaches a listener may do everything. */
export function mayDoEverything(): boolean {
  return true;
}
