import { formatIntention } from '@chancery/intentions';
import type { ServiceIntentions, SourceIntention } from '@chancery/model';
import {
  type Command,
  commit,
  type Decision,
  type Operation,
  planned,
  put,
  refuse,
  sameJson,
  type View,
} from '@chancery/store';
import { checkedEntry, type SourceDraft } from './checked-entry.ts';
import { configEntries } from './config-entry.ts';
import { deadlineOperations } from './deadline/deadline-operations.ts';
import { changeProblem } from './graph/change-problem.ts';
import { type IntentionInput, type IntentionWritten, refusedInput } from './intention-input.ts';
import { entryOn, intentionOf, sourceNamed } from './stored-intention.ts';

/** Makes an intention with a UUID of its own. A second one about a pair is refused. */
export const createIntention: Command<IntentionInput & { id: string }, IntentionWritten> = (
  view,
  principal,
  input,
) => {
  const at = { view, by: principal.name };
  const refused = refusedInput(input);
  if (refused !== undefined) return refused;
  const entry = entryOn(view, input.destination) ?? emptyEntry(input.destination);
  const twin = sourceNamed(entry, input.source);
  const sources = [...entry.sources, legacySource(input, input.nowMs)];
  const decision = written(at, entry, sources, input);
  if (twin === undefined || decision.kind === 'commit') return decision;
  const exists = `${formatIntention(intentionOf(entry, twin))} exists`;
  return refuse('conflict', `${decision.refusal.message}: ${exists}`);
};

/**
 * Puts the intention about a pair, whether or not there is one. One that came with a UUID keeps it,
 * and its meta: meta cannot be set here, as an intention without a UUID shares that of its entry.
 */
export const upsertIntention: Command<IntentionInput & { datacenter: string }, IntentionWritten> = (
  view,
  principal,
  input,
) => {
  const at = { view, by: principal.name };
  const present = entryOn(view, input.destination);
  const before = sourceNamed(present, input.source);
  const refused = refusedMeta(input, present, before);
  if (refused !== undefined) return refused;
  const entry = present ?? emptyEntry(input.destination);
  const source = changedSource(input, before);
  const dated = before?.legacyId !== undefined && !sameJson(source, before);
  const after = dated ? { ...source, legacyUpdateTimeMs: input.nowMs } : source;
  const decision = written(at, entry, replaced(entry, before, after), input, before);
  const problem = decision.kind === 'commit' && notPermitted(view, decision.operations, input);
  return problem ? refuse('conflict', problem) : decision;
};

/** Permissions are only for destinations that have requests. */
function notPermitted(
  view: View,
  operations: readonly Operation[],
  { destination, datacenter }: IntentionInput & { datacenter: string },
): string | undefined {
  const then = planned(view, operations).view;
  const entry = entryOn(then, destination);
  return entry && changeProblem(then, { entry, isDeleted: false, datacenter })?.words;
}

/** Changes the intention with a UUID: its source, action, description and meta, not its destination. */
export const updateIntentionById: Command<IntentionInput & { id: string }, IntentionWritten> = (
  view,
  principal,
  input,
) => {
  const at = { view, by: principal.name };
  const entry = entryWith(view, input.id);
  const before = entry?.sources.find(({ legacyId }) => legacyId === input.id);
  if (entry === undefined || before === undefined) {
    return refuse('not-found', `Cannot modify non-existent intention: '${input.id}'`);
  }
  if (entry.name !== input.destination) return refuse('invalid', FIXED_DESTINATION);
  const refused = refusedInput(input);
  if (refused !== undefined) return refused;
  const created = before.legacyCreateTimeMs ?? input.nowMs;
  const after = legacySource(input, created);
  return written(at, entry, replaced(entry, before, after), input, before);
};

const FIXED_DESTINATION =
  'Cannot modify Destination partition/namespace/name for an intention once it exists.';

/** The entry that holds the intention with a UUID. */
export function entryWith(view: View, id: string): ServiceIntentions | undefined {
  const [entry] = view.by(configEntries, 'intention', id);
  return entry?.kind === 'service-intentions' ? entry : undefined;
}

/** On what an intention is written, and by whom. */
interface Writing {
  readonly view: View;
  readonly by: string;
}

function written(
  { view, by }: Writing,
  entry: ServiceIntentions,
  sources: readonly SourceDraft[],
  input: IntentionInput,
  before?: SourceIntention,
): Decision<IntentionWritten> {
  const checked = checkedEntry({ ...entry, sources });
  if (!checked.ok) return refuse('invalid', checked.message);
  const source = sourceNamed(checked.entry, input.source);
  if (source === undefined) throw new Error(`the entry lost its source "${input.source}"`);
  const { ttl, nowMs } = input;
  const deadline = deadlineOperations(view, {
    entry,
    after: source,
    by,
    nowMs,
    ...(before && { before }),
    ...(ttl && { ttl }),
  });
  if ('refused' in deadline) return deadline.refused;
  return commit([put(configEntries, checked.entry), ...deadline.operations], {
    intention: intentionOf(checked.entry, source),
    ...(before && { before: intentionOf(entry, before) }),
  });
}

function replaced(
  { sources }: ServiceIntentions,
  before: SourceIntention | undefined,
  after: SourceDraft,
): readonly SourceDraft[] {
  if (before === undefined) return [...sources, after];
  return sources.map((source) => (source === before ? after : source));
}

/** A source as the older API makes it. */
function legacySource(
  {
    source: name,
    action = '',
    description = '',
    meta = {},
    nowMs,
    id,
  }: IntentionInput & { id: string },
  createdMs: number,
): SourceDraft {
  return {
    name,
    action,
    type: 'consul',
    description,
    legacyId: id,
    legacyMeta: meta,
    legacyCreateTimeMs: createdMs,
    legacyUpdateTimeMs: nowMs,
  };
}

/** A source as the newer API leaves it: what is not the caller's to set stays. */
function changedSource(
  { source: name, action, permissions, sourceType = 'consul', description = '' }: IntentionInput,
  before: SourceIntention | undefined,
): SourceDraft {
  const {
    action: _formerAction,
    permissions: _formerPermissions,
    description: _formerDescription,
    ...kept
  } = before ?? {};
  return {
    ...kept,
    name,
    ...(action !== undefined && { action }),
    ...(permissions !== undefined && { permissions }),
    type: sourceType,
    ...(description && { description }),
  };
}

function refusedMeta(
  { meta = {} }: IntentionInput,
  entry: ServiceIntentions | undefined,
  before: SourceIntention | undefined,
): Decision<never> | undefined {
  if (Object.keys(meta).length === 0) return undefined;
  if (entry === undefined) return refuse('invalid', 'Meta must not be specified');
  if (sameJson(meta, before?.legacyMeta) || sameJson(meta, entry.meta)) return undefined;
  return refuse('invalid', 'Meta must not be specified, or should be unchanged during an update.');
}

function emptyEntry(name: string): ServiceIntentions {
  return { kind: 'service-intentions', name, sources: [], meta: {} };
}
