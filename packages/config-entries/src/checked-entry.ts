import { precedence } from '@chancery/intentions';
import {
  configEntryProblems,
  type IntentionPermission,
  type ServiceIntentions,
  type SourceIntention,
} from '@chancery/model';
import { errorList } from './error-list.ts';

/** A source as it arrives, with texts not looked at yet. */
export interface SourceDraft extends Omit<SourceIntention, 'action' | 'permissions' | 'type'> {
  /** Absent or empty where permissions decide. */
  readonly action?: string;
  readonly permissions?: readonly IntentionPermission[];
  /** `consul` when absent: there is no other. */
  readonly type?: string;
}

/** A service-intentions entry as it arrives. */
export type EntryDraft = Omit<ServiceIntentions, 'kind' | 'sources'> & {
  readonly sources: readonly SourceDraft[];
};

/** An entry fit to be stored, or what is wrong with it in Consul's words. */
export type CheckedEntry =
  | { readonly ok: true; readonly entry: ServiceIntentions }
  | { readonly ok: false; readonly message: string };

/** Puts the sources in the order of their precedence, those of one precedence as they came, and checks the whole. */
export function checkedEntry({ sources: drafts, ...rest }: EntryDraft): CheckedEntry {
  const sources = drafts
    .toSorted((a, b) => precedence(b.name, rest.name) - precedence(a.name, rest.name))
    .map(sourceOf);
  const entry: ServiceIntentions = { ...rest, kind: 'service-intentions', sources };
  const problems = configEntryProblems(entry);
  const [first] = problems;
  if (first === undefined) return { ok: true, entry };
  if (!first.listed) return { ok: false, message: first.consulWords };
  const list = problems.filter(({ listed }) => listed).map(({ consulWords }) => consulWords);
  return { ok: false, message: errorList(list) };
}

/** Claims what the check of the whole is to find true: that the action and the type are among those there are. */
function sourceOf({ action, permissions = [], type, description, ...draft }: SourceDraft) {
  return {
    ...draft,
    ...((action || permissions.length === 0) && { action: action ?? '' }),
    ...(permissions.length > 0 && { permissions }),
    type: type ?? 'consul',
    ...(description && { description }),
  } as SourceIntention;
}

/** A wildcard stands alone: it is not a pattern. */
export function isPartialWildcard(name: string): boolean {
  return name.includes('*') && name !== '*';
}
