import { type Block, blockOf, type Field, type Fields, field } from '../block.ts';
import { type Decoder, flag } from '../primitives.ts';
import { warn } from '../scope.ts';

/** What becomes of a key: it is understood, it has no effect, or it is refused. */
export type KeyEffect = 'understood' | 'none' | 'refused';

/** What a key is for, or why it has no effect or is refused, in the words of a message. */
export interface KeyNote {
  readonly effect: KeyEffect;
  readonly text: string;
  /** The keys of its block. */
  readonly inside?: NotedFields;
}

/** A field with what there is to say about it. */
export type NotedField<T> = Field<T> & { readonly note: KeyNote };

/** Fields of which some carry a note. */
export type NotedFields = Readonly<Record<string, Field<unknown> & { readonly note?: KeyNote }>>;

/** What is known of a block whose values are `V`, the keys without effect and those that are refused included. */
export type KeyTable<V> = NotedFields & { readonly [K in keyof V]: NotedField<V[K]> };

/** A key that is read. */
export function key<T>(
  text: string,
  decode: Decoder<T>,
  aliases: readonly string[] = [],
): NotedField<T> {
  return { ...field(decode, aliases), note: { effect: 'understood', text } };
}

/** A key that holds a block with keys of its own. */
export function section<V extends object>(text: string, fields: Fields<V>): NotedField<Block<V>> {
  const decode = blockOf<V>(fields);
  const note: KeyNote = { effect: 'understood', text, inside: fields as NotedFields };
  return { ...field(decode), note };
}

/** Keys that have no effect, for one reason: a warning each, unless they say nothing. */
export function inert<K extends string>(
  reason: string,
  ...keys: readonly K[]
): Record<K, NotedField<never>> {
  return each(keys, { kind: 'ignored', reason, note: { effect: 'none', text: reason } });
}

/** Keys that are refused for one reason, unless they say nothing. */
export function refused<K extends string>(
  reason: string,
  ...keys: readonly K[]
): Record<K, NotedField<never>> {
  return each(keys, { kind: 'unsupported', reason, note: { effect: 'refused', text: reason } });
}

function each<K extends string>(
  keys: readonly K[],
  known: NotedField<never>,
): Record<K, NotedField<never>> {
  return Object.fromEntries(keys.map((name) => [name, known])) as Record<K, NotedField<never>>;
}

/** A block that has no effect as a whole: one warning, and a word about each key that it cannot have. */
export function inertSection(reason: string, inside: NotedFields): NotedField<never> {
  const read = blockOf(inside as Fields<object>);
  const decode: Decoder<never> = (value, scope) => {
    const block = read(value, { ...scope, warnings: [] });
    if (block === undefined || !saysSomething(value)) return undefined;
    const name = String(scope.path.at(-1));
    return warn(scope, `${name} has no effect: ${reason}`, name);
  };
  return { ...field(decode), note: { effect: 'none', text: reason, inside } };
}

/** A block that is refused as a whole. */
export function refusedSection(reason: string, inside: NotedFields): NotedField<never> {
  return { kind: 'unsupported', reason, note: { effect: 'refused', text: reason, inside } };
}

/** Switches that stand as `value` whatever is said: a warning where something else is said. */
export function fixed<K extends string>(
  value: boolean,
  reason: string,
  ...keys: readonly K[]
): Record<K, NotedField<never>> {
  const decode: Decoder<never> = (given, scope) => {
    const found = flag(given, scope);
    if (found === undefined || found === value) return undefined;
    const name = String(scope.path.at(-1));
    return warn(scope, `${name} has no effect: ${reason}`, name);
  };
  return each(keys, { ...field(decode), note: { effect: 'none', text: reason } });
}

function saysSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(saysSomething);
  if (typeof value !== 'object' || value === null) return value !== null;
  return Object.values(value).some(saysSomething);
}
