import { spell } from '../block.ts';
import type { Path } from '../decoded.ts';
import { formatPath } from '../format-issue.ts';

/** What does not fit together in an entry whose parts are each fine. */
export interface Problem {
  /** The way from the entry, by keys in camelCase. */
  readonly path: Path;
  /** One sentence that stands by itself: Consul's where it refuses the same. */
  readonly consulWords: string;
  /** What is wrong, without the path; absent where the sentence says it. */
  readonly message?: string;
  /** Whether Consul gathers such problems in a list, even where there is one. */
  readonly listed?: boolean;
}

/** Notes a problem; without a sentence of Consul, which would take it, the message says all. */
export type Tell = (
  path: Path,
  consulWords: string | undefined,
  detail?: Pick<Problem, 'message' | 'listed'>,
) => void;

/** All problems that a check tells. */
export function collected(check: (tell: Tell) => void): readonly Problem[] {
  const problems: Problem[] = [];
  check((path, consulWords, detail) => {
    const sentence = consulWords ?? `${placeOf(path)}: ${detail?.message}`;
    problems.push({ path, consulWords: sentence, ...detail });
  });
  return problems;
}

/** Tells of what is further inside. */
export function inside(tell: Tell, ...steps: Path): Tell {
  return (path, ...rest) => tell([...steps, ...path], ...rest);
}

/** Tells of problems that Consul gathers in a list. */
export function listing(tell: Tell): Tell {
  return (path, words, detail) => tell(path, words, { ...detail, listed: true });
}

/** Tells of what Consul would take: the message alone says what is wrong. */
export function ours(tell: Tell, path: Path, message: string): void {
  tell(path, undefined, { message });
}

function placeOf(path: Path): string {
  return formatPath(path.map((step) => (typeof step === 'string' ? spell(step, 'http') : step)));
}

/** Calls a check for each item of a list, telling of what is inside it. */
export function each<T>(
  items: readonly T[],
  tell: Tell,
  key: string,
  check: (item: T, tell: Tell, index: number) => void,
): void {
  for (const [index, item] of items.entries()) check(item, inside(tell, key, index), index);
}

/** The places of a list whose key stands at an earlier place too. */
export function repeats(keys: readonly string[]): ReadonlySet<number> {
  const seen = new Set<string>();
  const places = new Set<number>();
  for (const [index, key] of keys.entries()) {
    if (seen.has(key)) places.add(index);
    seen.add(key);
  }
  return places;
}
