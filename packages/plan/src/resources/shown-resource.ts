import { readableResource } from '@chancery/envoy-api';
import { redacted } from '../declared/redacted.ts';

/**
 * A resource in the spelling of Envoy's documentation, as it may be shown to anybody: without what Envoy's protos
 * call sensitive, and without private keys, wherever a user put one.
 *
 * @throws Error for bytes that are no message of its type.
 */
export function shownResource(resource: Parameters<typeof readableResource>[0]): object {
  return redacted(readableResource(resource));
}
