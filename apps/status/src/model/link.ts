import type { WatchResponse } from '@chancery/mesh-api/v1/status';
import { applyMessage, emptyMesh, type Mesh } from './mesh.ts';

/** How the screen stands to its agent. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** Since when nothing comes any more, why, and when it is tried again. */
  | {
      readonly kind: 'lost';
      readonly since: number;
      readonly reason: string;
      readonly retryAt: number;
    };

/** What was heard of the mesh: what is shown, and after a reconnect what comes in anew until all of it is there. */
export interface Hearing {
  readonly link: Link;
  readonly mesh: Mesh;
  readonly incoming: Mesh | undefined;
}

/** Before anything was heard. */
export const nothingHeard: Hearing = {
  link: { kind: 'connecting' },
  mesh: emptyMesh,
  incoming: undefined,
};

/** A stream is open: the agent tells the present state from the beginning, and what is shown stays until that is done. */
export function opened(hearing: Hearing): Hearing {
  return { ...hearing, incoming: emptyMesh };
}

/** One more message. */
export function heard(hearing: Hearing, message: WatchResponse): Hearing {
  const link: Link = { kind: 'live' };
  if (hearing.incoming === undefined) {
    return { ...hearing, link, mesh: applyMessage(hearing.mesh, message) };
  }
  const incoming = applyMessage(hearing.incoming, message);
  if (incoming.complete) return { link, mesh: incoming, incoming: undefined };
  const isFirst = !hearing.mesh.complete;
  return { link: isFirst ? link : hearing.link, mesh: isFirst ? incoming : hearing.mesh, incoming };
}

/** The stream broke, or could not be opened. The clock begins at the first loss, not at each attempt. */
export function lost(
  hearing: Hearing,
  {
    at,
    reason,
    retryAt,
  }: { readonly at: number; readonly reason: string; readonly retryAt: number },
): Hearing {
  const since = hearing.link.kind === 'lost' ? hearing.link.since : at;
  return { ...hearing, link: { kind: 'lost', since, reason, retryAt }, incoming: undefined };
}
