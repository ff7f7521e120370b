import type { Told } from './stream-state.ts';

/** The version of a set: equal for equal resources, whatever the order in which they were sent. */
export function setVersion(
  told: ReadonlyMap<string, Told>,
  digest: (text: string) => string,
): string {
  const lines = [...told]
    .filter(([, { hash }]) => hash !== '')
    .map(([name, { hash }]) => JSON.stringify([name, hash]));
  return digest(lines.sort().join('\n'));
}
