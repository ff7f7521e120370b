import { spell } from '../block.ts';
import type { Decoded, Issue, Path } from '../decoded.ts';
import { isObject } from '../primitives.ts';
import { type Casing, decoded, report, rootScope, type Scope, within } from '../scope.ts';
import { fold } from '../suggest.ts';
import type { ConfigEntry } from './config-entry.ts';
import { withoutEffect } from './effects.ts';
import { entryKind, isEntryKind } from './kinds.ts';
import { collected, type Problem } from './problem.ts';

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

function readEntry(value: unknown, scope: Scope): ConfigEntry | undefined {
  const kind = kindOf(value, scope);
  if (kind === undefined) return undefined;
  const { codec, settled } = entryKind(kind);
  const entry = codec.decode(value, scope);
  if (entry === undefined) return undefined;
  for (const problem of configEntryProblems(entry)) tellProblem(problem, scope);
  const reason = withoutEffect[kind];
  if (reason !== undefined) {
    scope.warnings.push({ path: [], message: `${kind} is kept and has no effect: ${reason}` });
  }
  return settled?.(entry) ?? entry;
}

/** What does not fit together in an entry; none that was decoded has any. */
export function configEntryProblems(entry: ConfigEntry): readonly Problem[] {
  return collected((tell) => entryKind(entry.kind).check?.(entry, tell));
}

/** A problem is told unless its place, or a key there, could not be read: it would only be a consequence. */
function tellProblem({ path, consulWords, message }: Problem, scope: Scope): void {
  const place = path.map((step) => (typeof step === 'string' ? spell(step, scope.casing) : step));
  if (scope.issues.some((issue) => isConcerned(issue, place))) return;
  report(within(scope, ...place), message ?? consulWords, { consulWords });
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

function kindOf(value: unknown, scope: Scope): ConfigEntry['kind'] | undefined {
  if (!isObject(value)) return report(scope, 'a config entry is a block', { code: 'wrong-type' });
  const key = Object.keys(value).find((each) => each.toLowerCase() === 'kind');
  if (key === undefined) {
    const consulWords = 'Payload does not contain a kind/Kind key at the top level';
    return report(scope, `${spell('kind', scope.casing)} is missing`, {
      code: 'missing',
      consulWords,
    });
  }
  const kind = value[key];
  const at = within(scope, key);
  if (typeof kind !== 'string') {
    const consulWords = 'Kind value in payload is not a string';
    return report(at, 'expected a text', { code: 'wrong-type', consulWords });
  }
  if (isEntryKind(kind)) return kind;
  const consulWords = `invalid config entry kind: ${kind}`;
  return report(at, `there is no kind ${JSON.stringify(kind)}`, { consulWords });
}
