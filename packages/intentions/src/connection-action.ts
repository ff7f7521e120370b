import type { IntentionAction, IntentionEffect } from './intention.ts';

/**
 * What an intention does with a connection of which nothing more is known. Permissions are about requests:
 * where these cannot be seen nothing is allowed by them, as in Consul.
 */
export function connectionAction(effect: IntentionEffect): IntentionAction {
  return effect.action ?? 'deny';
}
