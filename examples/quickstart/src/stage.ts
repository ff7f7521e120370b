import type { AgentUnderTest, Dialled } from '@chancery/testing';
import type { Site } from './site.ts';

/** What the steps share: each adds what it started, and what ends with the quickstart. */
export interface Stage {
  readonly site: Site;
  readonly stack: AsyncDisposableStack;
  /** Aborted when the user wants to end. */
  readonly signal: AbortSignal;
  agent?: AgentUnderTest;
  /** The connection that was opened before the deny. */
  before?: Dialled;
}

/** What an earlier step must have left on the stage. */
export function present<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('an earlier step did not hold');
  return thing;
}

/** One step of the story. */
export interface Step {
  readonly title: string;
  /** The command that does the same by hand. */
  byHand(site: Site): string;
  /** Does it, and answers how long that took; rejects with one sentence when it does not hold. */
  act(stage: Stage): Promise<number>;
}
