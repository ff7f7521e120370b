import { effectInWords } from './effect-in-words.ts';
import type { Intention, IntentionAction } from './intention.ts';

/** `web => db`. Odd names are quoted: two policies under one name would be one policy, and a denial lost. */
export function policyName(intention: Intention): string {
  return `${quoted(intention.source)} => ${quoted(intention.destination)}`;
}

/** `web => db (deny)`: what an access log tells of a connection that an intention decided about. */
export function decisionName(intention: Intention): string {
  return `${policyName(intention)} (${effectInWords(intention)})`;
}

/** `default (deny)`: what an access log tells where no intention speaks of the source. No intention has this name. */
export function defaultDecisionName(action: IntentionAction): string {
  return `default (${action})`;
}

function quoted(name: string): string {
  return /^[^\s"]+$/.test(name) ? name : JSON.stringify(name);
}
