import { typeUrls } from '@chancery/envoy-api';
import type { SyncState } from '@chancery/mesh-api';
import type { LedgerResource, XdsServer } from '@chancery/xds-server';

/** A resource as a proxy is to have it. */
export interface DesiredResource {
  readonly typeUrl: string;
  readonly name: string;
  /** None for one that it is to have no more. */
  readonly hash: string | undefined;
}

/** How a proxy stands to a resource. */
export interface Standing {
  readonly state: SyncState;
  /** Since when it is pending, as far as that is known; when it was refused. */
  readonly since?: number;
  /** Why it was refused. */
  readonly reason?: string;
}

type Ledger = XdsServer['ledger'];

/** How a proxy stands to a resource that it is to have or to lose. */
export function standing(ledger: Ledger, proxyId: string, desired: DesiredResource): Standing {
  const { typeUrl, name } = desired;
  const row = ledger.resource(proxyId, typeUrl, name);
  if (row?.nacked !== undefined && row.nacked.hash === desired.hash) {
    return { state: 'rejected', since: row.nacked.at, reason: row.nacked.reason };
  }
  if (row !== undefined && isTaken(row, desired)) return { state: 'synced' };
  if (row === undefined && !ledger.isAsked(proxyId, typeUrl, name)) {
    return { state: desired.hash === undefined ? 'synced' : 'not-subscribed' };
  }
  const since = pendingSince(ledger, proxyId, typeUrl, row);
  return { state: 'pending', ...(since !== undefined && { since }) };
}

/**
 * Whether a proxy that asks for nothing of a type or name may still come to do so: it has not asked for its
 * clusters and listeners, or not taken them, and what they need it asks for after that.
 */
export function isStarting(ledger: Ledger, proxyId: string): boolean {
  return [typeUrls.cluster, typeUrls.listener].some((typeUrl) => {
    const type = ledger.type(proxyId, typeUrl);
    return type === undefined || type.state === 'pending';
  });
}

function isTaken({ state, acked }: LedgerResource, { hash }: DesiredResource): boolean {
  return hash === undefined ? state === 'synced' : state === 'synced' && acked?.hash === hash;
}

function pendingSince(
  ledger: Ledger,
  proxyId: string,
  typeUrl: string,
  row: LedgerResource | undefined,
): number | undefined {
  const isSent = row?.sent !== undefined && row.sent.hash !== row.acked?.hash;
  return isSent ? row.sent?.at : ledger.type(proxyId, typeUrl)?.pendingSince;
}
