import type { Path } from '../decoded.ts';

/** What does not fit together in an entry whose parts are each fine. */
export interface Problem {
  /** The way from the entry, by the names of its members. */
  readonly path: Path;
  /** What is wrong in our words, without the path; where it is absent, Consul's say it. */
  readonly message?: string;
  /** How Consul refuses the same. */
  readonly consulWords: string;
}

/** Notes a problem. */
export type Tell = (path: Path, consulWords: string, message?: string) => void;

/** All problems that a check tells. */
export function collected(check: (tell: Tell) => void): readonly Problem[] {
  const problems: Problem[] = [];
  check((path, consulWords, message) => {
    problems.push({ path, consulWords, ...(message !== undefined && { message }) });
  });
  return problems;
}
