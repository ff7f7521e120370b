import type { Proxy as MeshProxy, ProxyType } from '@chancery/mesh-api/v1/proxies';
import { type Span, span, type Tone } from '../frame/span.ts';
import { length, milliseconds } from './time.ts';

/** The numbers of `SyncState`, which is an enum and therefore more than a type. */
const syncState = { synced: 1, pending: 2, rejected: 3, notSubscribed: 4 } as const;

/** How a proxy stands to what it should have: the worst of its types. */
export type Standing = 'rejected' | 'pending' | 'synced' | 'offline' | 'new';

/** What is pending for longer than this is worth a look. */
const patience = 5000;

/** The worst of a proxy's types; what it refused stays in sight when its stream ends. */
export function standing({ streams, types }: MeshProxy): Standing {
  if (types.some(({ state }) => state === syncState.rejected)) return 'rejected';
  if (streams === 0) return 'offline';
  if (types.some(({ state }) => state === syncState.pending)) return 'pending';
  return types.some(({ state }) => state === syncState.synced) ? 'synced' : 'new';
}

/** Whether an operator should look at a proxy. */
export function isTroubled(proxy: MeshProxy, now: number): boolean {
  const worst = standing(proxy);
  if (worst === 'rejected' || worst === 'offline' || proxy.problems.length > 0) return true;
  return isLate(proxy, now);
}

/** Whether a proxy does not acknowledge what it was sent, for longer than that takes. */
export function isLate(proxy: MeshProxy, now: number): boolean {
  return proxy.streams > 0 && proxy.types.some((type) => pendingFor(type, now) > patience);
}

/** How long a type has been pending, in milliseconds: nothing is told while nothing changes, and the time goes on. */
export function pendingFor({ pendingSince }: ProxyType, now: number): number {
  return pendingSince === undefined ? 0 : Math.max(0, now - milliseconds(pendingSince));
}

/** The state of a proxy in a word, with a sign: nothing is told by colour alone. */
export function standingSpan(proxy: MeshProxy, now: number): Span {
  switch (standing(proxy)) {
    case 'rejected':
      return span('✗ REJECTED', 'bad');
    case 'offline':
      return span('○ no stream', 'warn');
    case 'pending': {
      const longest = Math.max(...proxy.types.map((type) => pendingFor(type, now)));
      return span(`… pending ${length(longest)}`, 'warn');
    }
    case 'synced':
      return proxy.problems.length > 0 ? span('! synced', 'warn') : span('✓ synced', 'good');
    case 'new':
      return span('· no types', 'faint');
  }
}

const typeSigns: Readonly<Record<number, readonly [sign: string, word: string, tone: Tone]>> = {
  [syncState.synced]: ['✓', 'synced', 'good'],
  [syncState.pending]: ['…', 'pending', 'warn'],
  [syncState.rejected]: ['✗', 'REJECTED', 'bad'],
  [syncState.notSubscribed]: ['·', 'not asked for', 'faint'],
};

/** One sign for the state of a type or resource. */
export function stateSign(state: number): Span {
  const [sign, , tone] = typeSigns[state] ?? ['−', '', 'faint'];
  return span(sign, tone);
}

/** The state of a type or resource in words. */
export function stateWords(state: number, pendingMs = 0): Span {
  const [sign, word, tone] = typeSigns[state] ?? ['−', 'unknown', 'faint'];
  const since = state === syncState.pending && pendingMs > 0 ? ` ${length(pendingMs)}` : '';
  return span(`${sign} ${word}${since}`, tone);
}
