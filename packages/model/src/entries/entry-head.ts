import { type Field, field } from '../block.ts';
import { oneOf } from '../primitives.ts';
import { labels, plain, words } from './codec.ts';
import { tenancyFields } from './entry-tenancy.ts';
import { always, type Held, held } from './shape.ts';

/** What every config entry has. */
export interface EntryHead<K extends string> {
  readonly kind: K;
  readonly name: string;
  readonly meta: Readonly<Record<string, string>>;
}

/** The members with which every entry begins. */
export function head<const K extends string>(
  kind: K,
): { readonly kind: Held<K>; readonly name: Held<string> } {
  return { kind: always(plain(oneOf(kind)), kind), name: always(words, '') };
}

/** The labels of an entry. */
export const meta: Held<Readonly<Record<string, string>>> = held(labels, {});

/** A key that a client reads and sends back: it says nothing. */
const readOnly: Field<unknown> = field<unknown>(() => undefined);

/** Keys that every entry may carry and that are not held. */
export const entryFields: Readonly<Record<string, Field<unknown>>> = {
  ...tenancyFields,
  createIndex: readOnly,
  modifyIndex: readOnly,
  hash: readOnly,
};
