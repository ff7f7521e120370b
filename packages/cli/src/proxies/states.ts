import { lasting, milliseconds } from '@chancery/mesh-api/calls';
import { type ProxyType, SyncState } from '@chancery/mesh-api/v1/proxies';

const words: Readonly<Record<SyncState, string>> = {
  [SyncState.UNSPECIFIED]: 'UNKNOWN',
  [SyncState.SYNCED]: 'SYNCED',
  [SyncState.PENDING]: 'PENDING',
  [SyncState.REJECTED]: 'REJECTED',
  [SyncState.NOT_SUBSCRIBED]: 'NOT SUBSCRIBED',
};

/** A state in a word. */
export function stateWord(state: SyncState): string {
  return words[state] ?? 'UNKNOWN';
}

/** A state as it stands in a row of many: what nobody asks for is a dash. */
export function stateCell({ state }: ProxyType): string {
  return state === SyncState.NOT_SUBSCRIBED ? '-' : stateWord(state);
}

/** How long a type has been pending. */
export function pendingFor({ pendingFor: length }: ProxyType): string {
  return length === undefined ? '' : lasting(milliseconds(length));
}
