import type { Decoded, Issue, Path } from './decoded.ts';

/** How keys are spelled in a document: snake_case in files, CamelCase over HTTP. Both are understood; it shapes messages. */
export type Casing = 'file' | 'http';

/** Where a decoder stands in a document, and where it reports. */
export interface Scope {
  readonly path: Path;
  /** The same place with every key in the spelling of the HTTP API, however the document spells it. */
  readonly wirePath: Path;
  readonly casing: Casing;
  /** Whether `"8080"` passes for a number and `1` for a text: so only in `proxy.config` and an upstream's `config`. */
  readonly weak: boolean;
  /** The name of the source that is read, where there are several. */
  readonly source?: string;
  readonly issues: Issue[];
  /** What was understood and has no effect here. */
  readonly warnings: Issue[];
}

/** The scope of a whole document. */
export function rootScope(casing: Casing): Scope {
  return { path: [], wirePath: [], casing, weak: false, issues: [], warnings: [] };
}

/** The scope of a value inside. */
export function within(scope: Scope, ...steps: Path): Scope {
  return { ...scope, path: [...scope.path, ...steps], wirePath: [...scope.wirePath, ...steps] };
}

/** The scope of a key of a block, which the HTTP API spells `wire`. */
export function atKey(scope: Scope, key: string, wire: string): Scope {
  return { ...scope, path: [...scope.path, key], wirePath: [...scope.wirePath, wire] };
}

/** Reports a mistake at the scope. */
export function report(
  scope: Scope,
  message: string,
  detail: Pick<Issue, 'code' | 'key' | 'consul'> = {},
): undefined {
  scope.issues.push({ ...origin(scope), message, ...detail });
  return undefined;
}

/** Notes that something was understood and has no effect. */
export function warn(scope: Scope, message: string, key: string): undefined {
  scope.warnings.push({ ...origin(scope), message, key });
  return undefined;
}

function origin(scope: Scope): Pick<Issue, 'path' | 'source'> {
  return scope.source === undefined
    ? { path: scope.path }
    : { path: scope.path, source: scope.source };
}

/** The outcome of a decoder that ran on a fresh scope: a value only when nothing was reported. */
export function decoded<T>(scope: Scope, value: T | undefined): Decoded<T> {
  if (scope.issues.length > 0 || value === undefined) return { ok: false, issues: scope.issues };
  return { ok: true, value };
}
