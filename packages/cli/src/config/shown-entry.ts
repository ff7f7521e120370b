import type { ConfigEntry } from '@chancery/client';

/** An entry without what nobody wrote: the hash, a number beyond what JavaScript counts to, and texts left empty. */
export function shownEntry(entry: ConfigEntry): object {
  const values = Object.entries(entry);
  return Object.fromEntries(values.filter(([key, value]) => key !== 'Hash' && value !== ''));
}
