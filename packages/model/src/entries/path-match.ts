import type { Tell } from './problem.ts';

/** A path that is matched in one of three ways. */
export interface PathMatch {
  readonly pathExact?: string;
  readonly pathPrefix?: string;
  readonly pathRegex?: string;
}

/** Refuses a path that is given in several ways, or does not begin with a slash; the texts begin the sentences. */
export function checkPath(
  match: PathMatch,
  { block, member }: { readonly block: string; readonly member: string },
  tell: Tell,
): void {
  const { pathExact, pathPrefix, pathRegex } = match;
  if ([pathExact, pathPrefix, pathRegex].filter(Boolean).length > 1) {
    tell([], `${block} should only contain at most one of PathExact, PathPrefix, or PathRegex`);
  }
  for (const [key, name] of [
    ['pathExact', 'PathExact'],
    ['pathPrefix', 'PathPrefix'],
  ] as const) {
    const path = match[key];
    if (path !== undefined && !path.startsWith('/')) {
      tell([key], `${member}${name} doesn't start with '/': "${path}"`);
    }
  }
}
