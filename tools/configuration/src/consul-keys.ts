import recorded from './consul-keys.json' with { type: 'json' };
import type { RecordedKeys } from './record-keys.ts';

/** The keys that Consul understands in its files, by their paths, with what they hold. */
export const consulKeys: RecordedKeys = recorded.keys;

/** A configuration that holds nothing but one value, at a key of Consul's. */
export function documentWith(path: string, value: unknown): object {
  const steps = path.split('.');
  return steps.reduceRight<unknown>((inner, key, at) => {
    const isListed = consulKeys[steps.slice(0, at + 1).join('.')] === 'blocks';
    return { [key]: isListed && at < steps.length - 1 ? [inner] : inner };
  }, value) as object;
}

const examples: Readonly<Record<string, readonly unknown[]>> = {
  string: ['x'],
  bool: [true, false],
  list: [['x']],
  map: [{ x: 'y' }],
  float64: [1.5],
};

/** Values of a key, of the type that Consul wants, that say something. A switch has two; a block has none of its own. */
export function examplesOf(path: string): readonly unknown[] {
  const type = consulKeys[path] ?? '';
  if (/(?:^|\.|_)(?:partition|namespace)$/.test(path)) return ['default'];
  if (type === 'block' || type === 'blocks') return [];
  return examples[type] ?? [7];
}
