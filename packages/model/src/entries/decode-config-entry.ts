import { spell } from '../block.ts';
import type { Decoded, Issue, Path } from '../decoded.ts';
import { type Casing, decoded, report, rootScope, type Scope, within } from '../scope.ts';
import { fold } from '../suggest.ts';
import type { ConfigEntry } from './config-entry.ts';
import { kindOf } from './entry-kind-of.ts';
import { entryKind } from './kinds.ts';
import { checkMeta } from './name-checks.ts';
import { collected, type Problem } from './problem.ts';
import { warnWithoutEffect } from './without-effect.ts';

/** An entry or what is wrong with it, and what was understood and has no effect. */
export type DecodedConfigEntry = Decoded<ConfigEntry> & { readonly warnings: readonly Issue[] };

/** Reads a config entry of any kind, as `config write` and `PUT /v1/config` take it. */
export function decodeConfigEntry(
  value: unknown,
  options: { readonly casing: Casing },
): DecodedConfigEntry {
  const scope = { ...rootScope(options.casing), weak: true };
  const entry = readEntry(value, scope);
  return { ...decoded(scope, entry), warnings: scope.warnings };
}

/** What does not fit together in an entry; none that was decoded has any. */
export function configEntryProblems(entry: ConfigEntry): readonly Problem[] {
  return collected((tell) => {
    checkMeta(entry.meta, tell);
    entryKind(entry.kind).check?.(entry, tell);
  });
}

function readEntry(value: unknown, scope: Scope): ConfigEntry | undefined {
  const kind = kindOf(value, scope);
  if (kind === undefined) return undefined;
  const { codec, settled, arranged } = entryKind(kind);
  const read = codec.decode(value, scope);
  if (read === undefined) return undefined;
  const entry = settled?.(read) ?? read;
  tellProblems(configEntryProblems(entry), scope);
  if (scope.issues.length === 0) warnWithoutEffect(entry, scope);
  return arranged?.(entry) ?? entry;
}

/** Beyond so many mistakes of reading nobody asks what else is wrong. */
const manyIssues = 20;

/** A problem is told unless its place, or a key there, could not be read: it would only be a consequence. */
function tellProblems(problems: readonly Problem[], scope: Scope): void {
  const issues = [...scope.issues];
  if (issues.length > manyIssues) return;
  for (const { path, consulWords, message, listed = false } of problems) {
    const place = path.map((step) => (typeof step === 'string' ? spell(step, scope.casing) : step));
    if (issues.some((issue) => isConcerned(issue, place))) continue;
    report(within(scope, ...place), message ?? consulWords, {
      code: 'refused',
      consul: { words: consulWords, listed },
    });
  }
}

function isConcerned({ path, code }: Issue, place: Path): boolean {
  if (code !== 'unknown-key') return isWithin(path, place) || isWithin(place, path);
  const block = path.slice(0, -1);
  return isWithin(place, block) && place.length <= path.length;
}

function isWithin(place: Path, block: Path): boolean {
  return block.length <= place.length && block.every((step, at) => sameStep(step, place[at]));
}

function sameStep(a: string | number, b: string | number | undefined): boolean {
  return typeof a === 'string' && typeof b === 'string' ? fold(a) === fold(b) : a === b;
}
