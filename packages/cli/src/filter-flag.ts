import type { Flag, Flags } from './flags.ts';

/** The flag with an expression that the agent holds records to. */
export function filterFlag(about: string): Flag {
  return { name: 'filter', kind: 'text', value: 'expression', about };
}

/** The expression that was given, as an option of a read. */
export function filterOption(flags: Flags): { readonly filter?: string } {
  const filter = flags.text('filter');
  return filter ? { filter } : {};
}
