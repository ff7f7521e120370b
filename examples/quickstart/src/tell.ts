import type { Screen } from './screen.ts';
import type { Stage, Step } from './stage.ts';

/** Tells the steps in order, up to the first that does not hold; answers whether all held. */
export async function tell(steps: readonly Step[], stage: Stage, screen: Screen): Promise<boolean> {
  for (const step of steps) {
    if (stage.signal.aborted) return false;
    const byHand = step.byHand(stage.site);
    screen.begin(step.title);
    try {
      screen.held(step.title, await step.act(stage), byHand);
    } catch (error) {
      if (stage.signal.aborted) return false;
      screen.failed(step.title, (error as Error).message, byHand);
      return false;
    }
  }
  return true;
}
