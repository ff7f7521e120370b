import { blockOf, type Field, type Fields, field, spell } from '../block.ts';
import type { Codec } from './codec.ts';

/** One key of a block: how it is read, held and printed. */
export interface Member<T> extends Spelling {
  readonly codec: Codec<T>;
  /** Whether a zero value (an empty text or list, 0, false) is as good as none: not held and not printed. */
  readonly zero: 'kept' | 'dropped';
  /** What is held when the key is absent. */
  readonly fallback?: T;
}

/** A member that is always held. */
export type Held<T> = Member<T> & { readonly fallback: T };

/** How a member stands in a document. */
export interface Spelling {
  /** Its key in camelCase, where that is not its name: a name has its unit, `intervalMs`, and a key has not. */
  readonly key?: string;
  /** Its key over HTTP, where that does not follow the rule of `spell`. */
  readonly wire?: string;
  /** What is printed where nothing is held; absent: nothing. */
  readonly blank?: unknown;
}

/** The keys of a block in the order in which Consul prints them, by their names in camelCase. */
export type Members<V> = {
  readonly [K in keyof V]-?: Record<never, never> extends Pick<V, K>
    ? Member<Exclude<V[K], undefined>>
    : Held<V[K]>;
};

/** A key that is left out of the print and of the value when it says nothing. */
export function filled<T>(codec: Codec<T>, spelling: Spelling = {}): Member<T> {
  return { codec, zero: 'dropped', ...spelling };
}

/** A key whose zero value differs from its absence. */
export function given<T>(codec: Codec<T>, spelling: Spelling = {}): Member<T> {
  return { codec, zero: 'kept', ...spelling };
}

/** A key that is always held and printed. */
export function always<T>(codec: Codec<T>, fallback: T, spelling: Spelling = {}): Held<T> {
  return { codec, zero: 'kept', fallback, ...spelling };
}

/** A key that must say something, which the check of the entry sees to: what it passes has the key. */
export function required<T>(codec: Codec<T>, spelling: Spelling = {}): Held<T> {
  return { codec, zero: 'kept', ...spelling } as Held<T>;
}

/** A key that is always held, and printed unless it says nothing. */
export function held<T>(codec: Codec<T>, fallback: T, spelling: Spelling = {}): Held<T> {
  return { codec, zero: 'dropped', fallback, ...spelling };
}

type Table = readonly {
  readonly name: string;
  readonly key: string;
  /** The key over HTTP. */
  readonly wire: string;
  readonly member: Member<unknown>;
}[];
type Values = Readonly<Record<string, unknown>>;

/** The codec of a block: one table for reading and for printing. `further` are keys that are understood and not held. */
export function shape<V extends object>(
  members: Members<V>,
  further: Readonly<Record<string, Field<unknown>>> = {},
): Codec<V> {
  const table: Table = (Object.entries(members) as [string, Member<unknown>][]).map(
    ([name, member]) => {
      const { key = name, wire = spell(key, 'http') } = member;
      return { name, key, wire, member };
    },
  );
  const fields = Object.fromEntries(
    table.map(({ key, member }) => [key, field(member.codec.decode)]),
  );
  const wires = Object.fromEntries(table.map(({ key, wire }) => [key, wire]));
  const read = blockOf({ ...further, ...fields } as Fields<Values>, { either: true, wire: wires });
  return {
    decode: (source, scope) => {
      const block = read(source, scope);
      return block && heldValue<V>(table, block.values);
    },
    encode: (value) => printed(table, value as Values),
  };
}

function heldValue<V>(table: Table, values: Values): V {
  const kept: Record<string, unknown> = {};
  for (const { name, key, member } of table) {
    const read = values[key];
    const none = read === undefined || (member.zero === 'dropped' && isZero(read));
    const value = none ? member.fallback : read;
    if (value !== undefined) kept[name] = value;
  }
  return kept as V;
}

function printed(table: Table, value: Values): object {
  const print: Record<string, unknown> = {};
  for (const { name, wire, member } of table) {
    const kept = value[name];
    const says = kept !== undefined && !(member.zero === 'dropped' && isZero(kept));
    const said = says ? member.codec.encode(kept) : member.blank;
    if (said !== undefined) print[wire] = said;
  }
  return print;
}

/** Whether a value is the zero value of its type, as Go's `omitempty` sees it: lists and maps count when they are empty. */
function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}
