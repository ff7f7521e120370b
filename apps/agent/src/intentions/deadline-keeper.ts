import {
  endIntention,
  endInWords,
  type IntentionDeadline,
  type IntentionEnded,
  intentionDeadlines,
  writtenAt,
} from '@chancery/config-entries';
import { formatIntention } from '@chancery/intentions';
import type { Refusal, Store } from '@chancery/store';

/** What a keeper of deadlines needs. Times in milliseconds. */
export interface DeadlineKeeperParts {
  readonly store: Pick<Store, 'view' | 'follow' | 'commit'>;
  /** The datacenter in which the intentions stand. */
  readonly datacenter: string;
  readonly now: () => number;
  /** An intention has ended, or was left as it is because it had become another. */
  readonly onEnd: (why: string, outcome: IntentionEnded['outcome']) => void;
  /** An intention could not be undone; it is tried again. */
  readonly onRefusal: (why: string, refusal: Refusal) => void;
  readonly onFailure: (cause: unknown) => void;
}

/** How often the clock is looked at: a timer stands still while the machine sleeps. */
const lookMs = 60_000;
const retryMs = 5_000;
/** Not sooner than that: what fails is not to be tried all the time. */
const leastMs = 100;

/** Undoes intentions whose time is over; those that ended while the agent was not there at once. */
export class DeadlineKeeper implements Disposable {
  readonly #parts: DeadlineKeeperParts;
  readonly #stack = new DisposableStack();
  /** What could not be undone, and when it is tried again. */
  readonly #retries = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #isBusy = false;

  constructor(parts: DeadlineKeeperParts) {
    this.#parts = parts;
    this.#stack.use(parts.store.follow(intentionDeadlines, () => this.#look()));
    this.#stack.defer(() => clearTimeout(this.#timer));
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  #look(): void {
    if (this.#isBusy || this.#stack.disposed) return;
    this.#isBusy = true;
    void this.#undoDue()
      .catch(this.#parts.onFailure)
      .finally(() => {
        this.#isBusy = false;
        this.#arm();
      });
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const all = this.#parts.store.view.all(intentionDeadlines);
    if (all.length === 0 || this.#stack.disposed) return;
    const next = all.reduce((soonest, each) => Math.min(soonest, this.#dueAt(each)), Infinity);
    const inMs = Math.min(Math.max(next - this.#parts.now(), leastMs), lookMs);
    this.#timer = setTimeout(() => this.#look(), inMs);
    this.#timer.unref();
  }

  #dueAt(deadline: IntentionDeadline): number {
    const retryAt = this.#retries.get(intentionDeadlines.key(deadline)) ?? 0;
    return Math.max(deadline.endsAtMs, retryAt);
  }

  async #undoDue(): Promise<void> {
    const { store, now } = this.#parts;
    for (const deadline of store.view.all(intentionDeadlines)) {
      if (this.#dueAt(deadline) <= now()) await this.#undo(deadline);
    }
  }

  async #undo(deadline: IntentionDeadline): Promise<void> {
    const { store, datacenter, now, onEnd, onRefusal } = this.#parts;
    const { source, destination } = deadline;
    const why = reasonOf(store, deadline);
    const outcome = await store.commit(
      endIntention,
      { source, destination, nowMs: now(), datacenter },
      { principal: { name: 'agent' }, why: 'time to live', reason: why },
    );
    const key = intentionDeadlines.key(deadline);
    if (outcome.ok) {
      this.#retries.delete(key);
      onEnd(why, outcome.result.outcome);
    } else {
      // What does not fit does not fit soon either.
      const inMs = outcome.refusal.code === 'unavailable' ? retryMs : lookMs;
      this.#retries.set(key, now() + inMs);
      onRefusal(why, outcome.refusal);
    }
  }
}

function reasonOf({ view }: Pick<Store, 'view'>, deadline: IntentionDeadline): string {
  const { source, destination, written } = deadline;
  const { action, permissions } = written;
  const effect = permissions === undefined ? { action } : { permissions };
  const intention = formatIntention({ source, destination, ...effect });
  return endInWords(deadline, intention, writtenAt(view, deadline));
}
