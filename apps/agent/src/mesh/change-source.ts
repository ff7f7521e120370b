import { instances } from '@chancery/catalog';
import {
  changeSteps,
  configEntries,
  configEntryKey,
  type EntriesChange,
  type EntriesChanged,
  type IntentionDeadline,
  restoreSteps,
} from '@chancery/config-entries';
import type { AppliedChange, Authorship, ChangeSource, Outcome } from '@chancery/mesh-api';
import {
  type DeclaredChange,
  type Plan,
  type PlanParts,
  planSteps,
  telling,
  tellingSteps,
} from '@chancery/plan';
import type { Change, Revision, SteppedCommand, Store, View } from '@chancery/store';
import {
  asPlanned,
  commitDecided,
  type Decided,
  decidedOnNewest,
} from './changes/decided-change.ts';
import { changesSince, formerEntries, netBetween, takenBack } from './changes/former-entries.ts';
import { historyPage } from './changes/history-page.ts';
import { readingSteps } from './changes/requested-entries.ts';
import { type ShownWhere, shownTables } from './changes/shown-tables.ts';
import { inSlices } from './in-slices.ts';

/** What changes are planned with and made on. */
export interface ChangeSourceParts
  extends ShownWhere,
    Pick<PlanParts, 'proxySnapshot' | 'compile' | 'isConnected' | 'defaultAction'> {
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Plans changes on the state of an agent, makes them, and looks them up. */
export function createChangeSource(parts: ChangeSourceParts): ChangeSource {
  const changes = new AgentChanges(parts);
  return {
    plan: async (change, signal) => {
      const read = await inSlices(() => readingSteps(change, parts.datacenter), { signal });
      if (!read.ok) return read;
      const { change: understood, warnings } = read.value;
      const told = [...warnings, ...needless(parts.store.view, understood)];
      return changes.plan(changeSteps, understood, told, signal);
    },
    apply: async (change, by) => {
      const read = await inSlices(() => readingSteps(change, parts.datacenter));
      if (!read.ok) return read;
      return changes.make(changeSteps, read.value.change, by, read.value.warnings);
    },
    history: (question) => historyPage(parts.store, question, changes.tell),
    diff: (from, to) => changes.diff(from, to ?? parts.store.view.revision),
    planRollback: (revision, signal) =>
      changes.rollback(revision, (former, warnings) =>
        changes.plan(restoreSteps, former, warnings, signal),
      ),
    rollback: (revision, by) =>
      changes.rollback(revision, (former, warnings) => {
        const signed = { ...by, via: `rollback to revision ${revision}` };
        return changes.make(restoreSteps, former, signed, warnings);
      }),
  };
}

/** Deletions of what is not there: one that has gone before is as it should be, a misspelt one is not. */
function needless(view: View, { deletions }: EntriesChange): readonly string[] {
  return deletions
    .filter(({ kind, name }) => view.get(configEntries, configEntryKey(kind, name)) === undefined)
    .map(({ kind, name }) => `there is no ${kind}/${name} to delete`);
}

/** What a plan is made by: nobody, since nothing comes of it. */
const nobody = { name: 'plan' };

type EntriesCommand<Input> = SteppedCommand<Input, EntriesChanged>;

class AgentChanges {
  readonly #parts: ChangeSourceParts;
  readonly #planParts: PlanParts;

  constructor(parts: ChangeSourceParts) {
    this.#parts = parts;
    const { proxySnapshot, compile, isConnected, defaultAction, node } = parts;
    const proxies = (view: View): readonly string[] => proxiesOn(view, node);
    const tell = telling(shownTables(parts));
    this.#planParts = { proxySnapshot, compile, isConnected, defaultAction, proxies, tell };
  }

  get tell(): PlanParts['tell'] {
    return this.#planParts.tell;
  }

  plan<Input>(
    command: EntriesCommand<Input>,
    input: Input,
    warnings: readonly string[],
    signal?: AbortSignal,
  ): Promise<Outcome<Plan>> {
    const { store } = this.#parts;
    const parts = this.#planParts;
    function* steps(): Generator<undefined, Outcome<Plan>> {
      const { view, decision } = yield* decidedOnNewest(store, command, nobody, input);
      if (decision.kind === 'refuse') return { ok: false, refusal: decision.refusal };
      const plan = yield* planSteps(view, decision.operations, parts);
      return { ok: true, value: { ...plan, warnings: [...warnings, ...plan.warnings] } };
    }
    return inSlices(steps, { signal });
  }

  async make<Input>(
    command: EntriesCommand<Input>,
    input: Input,
    by: Authorship,
    warnings: readonly string[],
  ): Promise<Outcome<AppliedChange>> {
    const { principal, via: why, reason, expectedDigest } = by;
    const { store } = this.#parts;
    const signed = { principal, why, ...(reason !== undefined && { reason }) };
    const settled = (decided: Decided<unknown>) =>
      asPlanned(decided, expectedDigest, this.#planParts);
    const committed = await commitDecided(store, { command, input, settled }, signed);
    if (!committed.ok) return committed;
    const { revision, result } = committed;
    return { ok: true, value: { revision, changes: await this.#told(result.changes), warnings } };
  }

  #told(changes: readonly Change[]): Promise<readonly DeclaredChange[]> {
    return inSlices(() => tellingSteps(changes, this.tell));
  }

  async diff(from: Revision, to: Revision): ReturnType<ChangeSource['diff']> {
    const net = await netBetween(this.#parts.store, from, to);
    if (!net.ok) return net;
    return { ok: true, value: { to, changes: await this.#told(net.value) } };
  }

  async rollback<T>(
    revision: Revision,
    act: (
      former: ReturnType<typeof formerEntries>,
      warnings: readonly string[],
    ) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const { store, datacenter } = this.#parts;
    const since = await changesSince(store, revision);
    if (!since.ok) return since;
    const former = formerEntries(since.value, revision, datacenter);
    const warnings = [
      ...leftAlone(since.value.changes, revision),
      ...former.deadlines.flatMap((deadline) => overBy(deadline, this.#parts.now())),
    ];
    return await act(former, warnings);
  }
}

/** What a rollback does not take back. */
function leftAlone(changes: readonly Change[], revision: Revision): readonly string[] {
  const others = changes.filter(({ table }) => !takenBack.has(table)).length;
  if (others === 0) return [];
  const count = others === 1 ? '1 of them has' : `${others} of them have`;
  return [
    `config entries alone are taken back: registrations and other settings stay as they are, and ${count} changed since revision ${revision}`,
  ];
}

/** What comes back and does not stay. */
function overBy(deadline: IntentionDeadline, nowMs: number): readonly string[] {
  const { source, destination, endsAtMs } = deadline;
  if (endsAtMs > nowMs) return [];
  const end = new Date(endsAtMs).toISOString();
  return [`${source} => ${destination} was to hold until ${end}: it ends again at once`];
}

/** The sidecars on the node whose proxies the agent configures. */
function proxiesOn(view: View, node: string): readonly string[] {
  return view
    .by(instances, 'node', node)
    .filter(({ service }) => service.proxy !== undefined)
    .map(({ service }) => service.id);
}
