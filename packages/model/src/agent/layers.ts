import type { Block } from '../block.ts';

/** The value of a key in the last of several blocks that has it. */
export function lastOf<V extends object>(
  blocks: readonly Block<V>[],
): <K extends keyof V>(key: K) => V[K] | undefined {
  return (key) => blocks.findLast((block) => block.values[key] !== undefined)?.values[key];
}

/** What blocks say of one key, in their order. */
export function allOf<V extends object, K extends keyof V>(
  blocks: readonly Block<V>[],
  key: K,
): readonly V[K][] {
  return blocks.map((block) => block.values[key]).filter((value) => value !== undefined);
}

/** Maps joined: of a key that stands in several, the last counts. */
export function joined<T>(
  maps: readonly Readonly<Record<string, T>>[],
): Readonly<Record<string, T>> {
  return Object.assign({}, ...maps);
}
