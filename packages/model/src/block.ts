import { formatPath } from './format-issue.ts';
import { type Decoder, isObject, soleBlock } from './primitives.ts';
import { atKey, type Casing, report, type Scope, warn } from './scope.ts';
import { fold, suggest } from './suggest.ts';

/** One key of a block: how its value is read, or why it is not. */
export type Field<T> =
  | { readonly kind: 'value'; readonly decode: Decoder<T>; readonly aliases: readonly string[] }
  /** A key of Consul that nothing here does: refused by name unless it holds a zero value, as Go clients send. */
  | { readonly kind: 'unsupported'; readonly reason: string }
  /** A key of Consul that has no effect here, and need not: a warning. */
  | { readonly kind: 'ignored'; readonly reason: string };

/** The keys of a block by their names in camelCase; in files they are snake_case, over HTTP CamelCase. */
export type Fields<V extends object> = { readonly [K in keyof V]: Field<V[K]> };

/** What was read of a block; a key that is absent or could not be read is undefined. */
export interface Block<V extends object> {
  readonly values: { readonly [K in keyof V]: V[K] | undefined };
  /** Where a key stands, in the spelling of the document; the block itself when it is absent. */
  at(key: keyof V & string): Scope;
  /** Whether the key was given, rightly or wrongly, be it in a misspelling that a suggestion was made for. */
  has(key: keyof V & string): boolean;
  readonly scope: Scope;
}

/** A key that is read. `aliases` are further names of it. */
export function field<T>(decode: Decoder<T>, aliases: readonly string[] = []): Field<T> {
  return { kind: 'value', decode, aliases };
}

/** Keys of Consul, in camelCase, that are refused for one reason. */
export function unsupported<K extends string>(
  reason: string,
  ...keys: readonly K[]
): Record<K, Field<never>> {
  return Object.fromEntries(
    keys.map((key) => [key, { kind: 'unsupported', reason }]),
  ) as unknown as Record<K, Field<never>>;
}

/** Keys of Consul, in camelCase, that have no effect here for one reason. */
export function ignored<K extends string>(
  reason: string,
  ...keys: readonly K[]
): Record<K, Field<never>> {
  return Object.fromEntries(
    keys.map((key) => [key, { kind: 'ignored', reason }]),
  ) as unknown as Record<K, Field<never>>;
}

type Table = Readonly<Record<string, Field<unknown>>>;

/** How the keys of a block are spelled where that is not as everywhere. */
export interface BlockSpelling {
  /** Both spellings are understood in files and over HTTP, and Consul's words are told: so with config entries. */
  readonly either?: boolean;
  /** Names whose spelling over HTTP does not follow the rule. */
  readonly wire?: Readonly<Record<string, string>>;
}

/** Reads a block with known keys: what it can, reporting everything else. */
export function blockOf<V extends object>(
  fields: Fields<V>,
  spelling: BlockSpelling = {},
): Decoder<Block<V>> {
  const table = fields as Table;
  const names = { file: nameTable(table, 'file'), http: nameTable(table, 'http') };
  const decode = (value: unknown, scope: Scope): Block<V> | undefined => {
    const source = soleBlock(value, scope);
    if (source === undefined) return undefined;
    const { either = false, wire = {} } = spelling;
    const casing = either ? 'http' : scope.casing;
    const nameOf = (key: string) => names[casing].get(match(key, casing)) ?? '';
    const known = { fields: table, nameOf, either, wire };
    return readBlock(source, scope, known) as Block<V>;
  };
  return Object.assign(decode, { fields: table });
}

interface KnownKeys {
  readonly fields: Table;
  readonly nameOf: (key: string) => string;
  readonly either: boolean;
  readonly wire: Readonly<Record<string, string>>;
}

function readBlock(
  source: Record<string, unknown>,
  scope: Scope,
  keys: KnownKeys,
): Block<Record<string, unknown>> {
  const { fields, wire } = keys;
  const place = (key: string, name: string) => atKey(scope, key, wire[name] ?? spell(name, 'http'));
  const written = new Map<string, string>();
  const meant = new Set<string | undefined>();
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(source)) {
    const name = keys.nameOf(key);
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const at = known === undefined ? atKey(scope, key, key) : place(key, name);
    if (known === undefined) meant.add(reportUnknown(at, key, keys));
    else if (written.has(name)) reportTwice(at, key, written.get(name) ?? name, keys);
    else {
      written.set(name, key);
      values[name] = readField(known, value, at, key);
    }
  }
  return {
    values,
    at: (key) => {
      const as = written.get(key);
      return as === undefined ? scope : place(as, key);
    },
    has: (key) => meant.has(key) || (written.has(key) && source[written.get(key) ?? key] !== null),
    scope,
  };
}

function readField(known: Field<unknown>, value: unknown, at: Scope, key: string): unknown {
  if (value === null) return undefined;
  if (known.kind === 'value') return known.decode(value, at);
  if (isZero(value)) return undefined;
  if (known.kind === 'unsupported') {
    return report(at, `${key} is not supported: ${known.reason}`, { code: 'unsupported', key });
  }
  return warn(at, `${key} has no effect: ${known.reason}`, key);
}

/** After so many mistakes nobody reads what was meant, and to find it takes time. */
const manyIssues = 100;

/** Reports a key that is not known; the field it most likely means, if any. */
function reportUnknown(at: Scope, key: string, { fields, either }: KnownKeys): string | undefined {
  const names = Object.keys(fields).filter((name) => fields[name]?.kind === 'value');
  const near = at.issues.length < manyIssues ? suggest(key, names) : undefined;
  const way = near === undefined ? '' : `; did you mean "${spell(near, at.casing)}"?`;
  const words = `invalid config key "${formatPath(at.wirePath)}"`;
  const consul = either ? { consul: { words, listed: true } } : {};
  report(at, `unknown key "${key}"${way}`, { code: 'unknown-key', key, ...consul });
  return near;
}

function reportTwice(at: Scope, key: string, first: string, { either }: KnownKeys): void {
  if (either) {
    const words = `invalid config key "${formatPath([...at.wirePath.slice(0, -1), key])}"`;
    const message = `"${key}" stands twice; "${first}" is the same key: keep one`;
    report(at, message, { code: 'duplicate', consul: { words, listed: true } });
  } else report(at, `"${key}" and "${first}" are the same key: keep one`, { code: 'duplicate' });
}

/** The name of a field as a document of that casing spells it. */
export function spell(name: string, casing: Casing): string {
  if (casing === 'file') {
    return name.replace(/[A-Z]|(?<=[a-z]{2})\d(?=[a-z])/g, (letter) => `_${letter.toLowerCase()}`);
  }
  return name.replace(/^[a-z\d]+|[A-Z][a-z\d]*/g, (word) =>
    acronyms.has(word.toLowerCase())
      ? word.toUpperCase()
      : `${word[0]?.toUpperCase()}${word.slice(1)}`,
  );
}

const acronyms = new Set([
  ...['ca', 'grpc', 'http', 'id', 'ip', 'json', 'jwks', 'jwt', 'ns', 'os'],
  ...['sds', 'sni', 'tcp', 'tls', 'ttl', 'udp', 'uri', 'url'],
]);

function nameTable(fields: Table, casing: Casing): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const [name, known] of Object.entries(fields)) {
    const aliases = known.kind === 'value' ? known.aliases : [];
    for (const each of [...aliases, name]) table.set(match(spell(each, casing), casing), name);
  }
  return table;
}

/** What two spellings of one key have in common. As in Consul, a file may write `Name` for `name`, but not `NodeName` for `node_name`. */
function match(key: string, casing: Casing): string {
  return casing === 'file' ? key.toLowerCase() : fold(key);
}

/** Whether a value says nothing: what Go clients send for a field that was not set. No such value is nested deeply. */
function isZero(value: unknown, depth = 0): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) {
    return depth < 8 && Object.values(value).every((entry) => isZero(entry, depth + 1));
  }
  return value === null || value === undefined || value === '' || value === 0 || value === false;
}

/** A copy without the keys whose value is undefined. */
export function defined<T extends object>(
  value: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} {
  const kept = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(kept) as ReturnType<typeof defined<T>>;
}
