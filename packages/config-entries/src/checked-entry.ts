import { precedence } from '@chancery/intentions';
import type { ServiceIntentions, SourceIntention } from './config-entry.ts';

/** A source as it arrives, with texts not looked at yet. */
export type SourceDraft = Omit<SourceIntention, 'action' | 'type'> & {
  readonly action: string;
  /** `consul` when absent: there is no other. */
  readonly type?: string;
};

/** A service-intentions entry as it arrives. */
export interface EntryDraft {
  readonly name: string;
  readonly sources: readonly SourceDraft[];
  readonly meta: Readonly<Record<string, string>>;
}

/** An entry fit to be stored, or what is wrong with it in Consul's words. */
export type CheckedEntry =
  | { readonly ok: true; readonly entry: ServiceIntentions }
  | { readonly ok: false; readonly code: 'invalid' | 'conflict'; readonly message: string };

/** Puts the sources in the order of their precedence, those of one precedence as they came, and checks the whole. */
export function checkedEntry({ name, sources: drafts, meta }: EntryDraft): CheckedEntry {
  const sources = drafts.toSorted((a, b) => precedence(b.name, name) - precedence(a.name, name));
  const message = nameProblem('Name', name) ?? sourcesProblem(sources);
  if (message !== undefined) return { ok: false, code: 'invalid', message };
  const twice = sources.findIndex((source, at) =>
    sources.slice(0, at).some((other) => other.name === source.name),
  );
  if (twice === -1) return { ok: true, entry: entryOf(name, sources, meta) };
  const twin = `Sources[${twice}] defines "${sources[twice]?.name}" more than once`;
  return { ok: false, code: 'conflict', message: twin };
}

/** A wildcard stands alone: it is not a pattern. */
export function isPartialWildcard(name: string): boolean {
  return name.includes('*') && name !== '*';
}

function sourcesProblem(sources: readonly SourceDraft[]): string | undefined {
  if (sources.length === 0) return 'At least one source is required';
  return sources.map(sourceProblem).find((problem) => problem !== undefined);
}

function sourceProblem({ name, action, type }: SourceDraft, at: number): string | undefined {
  const place = `Sources[${at}]`;
  const problem = nameProblem(`${place}.Name`, name);
  if (problem !== undefined) return problem;
  if (action !== 'allow' && action !== 'deny') {
    return `${place}.Action must be set to 'allow' or 'deny'`;
  }
  const isConsul = type === undefined || type === 'consul';
  return isConsul ? undefined : `${place}.Type must be set to 'consul'`;
}

function nameProblem(place: string, name: string): string | undefined {
  if (name === '') return `${place} is required`;
  const partial = `${place}: wildcard character '*' cannot be used with partial values`;
  return isPartialWildcard(name) ? partial : undefined;
}

function entryOf(
  name: string,
  sources: readonly SourceDraft[],
  meta: EntryDraft['meta'],
): ServiceIntentions {
  return { kind: 'service-intentions', name, sources: sources.map(sourceOf), meta };
}

/** The draft has been checked: what is not `allow` is `deny`. */
function sourceOf({ description, ...draft }: SourceDraft): SourceIntention {
  return {
    ...draft,
    action: draft.action === 'allow' ? 'allow' : 'deny',
    type: 'consul',
    ...(description && { description }),
  };
}
