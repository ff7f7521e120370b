import { readFileSync } from 'node:fs';
import { ConsulValidate } from './consul-validate.ts';

/** What a key holds: a block with keys of its own, several of them, or a plain value of a type that Go names. */
export type KeyType = 'block' | 'blocks' | 'list' | 'map' | (string & {});

/** The keys that a Consul understands, by their paths: `ports.http`. */
export type RecordedKeys = Readonly<Record<string, KeyType>>;

/**
 * Finds every key that a Consul understands in its files, by asking it: words that its binary holds as the names of
 * something are put into a configuration, and it says which of them are none of its keys.
 */
export function recordKeys(binary: string): RecordedKeys {
  using consul = new ConsulValidate(binary);
  return Object.fromEntries(keysWithin(consul, wordsOf(binary), []));
}

function wordsOf(binary: string): readonly string[] {
  const tags = readFileSync(binary, 'latin1').matchAll(
    /(?:json|mapstructure|hcl):"([A-Za-z0-9_]+)/g,
  );
  const words = Array.from(tags, ([, word = '']) => word).flatMap((word) => [
    word.toLowerCase(),
    snake(word),
  ]);
  return [...new Set(words)].filter((word) => /^[a-z][a-z0-9_]*$/.test(word)).sort();
}

function snake(word: string): string {
  return word
    .replace(/(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, (letter) => `_${letter}`)
    .toLowerCase();
}

/** A step into a block; `many` when it stands in a list. */
interface Step {
  readonly key: string;
  readonly many: boolean;
}

function keysWithin(
  consul: ConsulValidate,
  words: readonly string[],
  steps: readonly Step[],
): [string, KeyType][] {
  const block = Object.fromEntries(words.map((word) => [word, null]));
  const unknown = consul.unknownKeys(documentOf(steps, block));
  const known = words.filter(
    (word) => !unknown.has(written([...steps, { key: word, many: false }])),
  );
  return known.flatMap((key) => {
    const type = typeOf(consul, steps, key);
    const own: [string, KeyType] = [[...steps, { key }].map((step) => step.key).join('.'), type];
    if (!isBlock(type) || isRepeated(steps, key)) return [own];
    return [own, ...keysWithin(consul, words, [...steps, { key, many: type === 'blocks' }])];
  });
}

function isBlock(type: KeyType): boolean {
  return type === 'block' || type === 'blocks';
}

/** What holds the same as another: a single service or check, and the sidecar of a sidecar. */
function isRepeated(steps: readonly Step[], key: string): boolean {
  if (steps.length === 0) return key === 'service' || key === 'check';
  return key === 'sidecar_service' && steps.some((step) => step.key === key);
}

/** A name that no block has. */
const nobody = 'zz_zz';

function typeOf(consul: ConsulValidate, steps: readonly Step[], key: string): KeyType {
  const place = [...steps, { key, many: false }];
  const output = consul.output(documentOf(place, { [nobody]: null }));
  if (output.includes(`${written(place)}.${nobody}`)) return 'block';
  const listed = [...steps, { key, many: true }];
  if (
    consul.output(documentOf(listed, { [nobody]: null })).includes(`${written(listed)}.${nobody}`)
  ) {
    return 'blocks';
  }
  if (output.includes('source data must be an array or slice')) return 'list';
  return /expected type '([^']+)'/.exec(output)?.[1] ?? 'map';
}

function documentOf(steps: readonly Step[], block: object): object {
  return steps.reduceRight<object>(
    (inner, { key, many }) => ({ [key]: many ? [inner] : inner }),
    block,
  );
}

/** A place as Consul writes it: `services[0].checks[0].http`. */
function written(steps: readonly Step[]): string {
  return steps.map(({ key, many }) => (many ? `${key}[0]` : key)).join('.');
}
