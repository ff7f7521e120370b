import type { ProxyTypeState, Rejection, SyncState } from '@chancery/mesh-api';
import { redacted, shownResource } from '@chancery/plan';
import type { LedgerProxy, LedgerRejection, LedgerType } from '@chancery/xds-server';
import { refusedPath } from '../../proxies/refused-path.ts';
import { type NamedType, resourceTypes } from '../../proxies/resource-types.ts';
import { type Desired, desiredResource } from './desired.ts';
import type { Origins } from './origins.ts';

/** What the types of a proxy are told with. */
export interface TypeContext {
  readonly desired: Desired;
  readonly origins: Origins;
  readonly now: number;
}

/** All types of a proxy, in their order. */
export function typeStates(
  book: LedgerProxy | undefined,
  context: TypeContext,
): readonly ProxyTypeState[] {
  const known = new Map((book?.types ?? []).map((type) => [type.typeUrl, type]));
  return resourceTypes.map((named) => typeState(named, known.get(named.typeUrl), context));
}

function typeState(
  named: NamedType,
  type: LedgerType | undefined,
  context: TypeContext,
): ProxyTypeState {
  if (type === undefined) return { ...named, ...nothing, state: 'not-subscribed' };
  const { versionSent, versionAcked, sentAt, ackedAt, resources } = type;
  const state: SyncState = type.state;
  return {
    ...named,
    state,
    ...(state === 'pending' && pendingTimes(type, context.now)),
    resources: resources.filter(({ sent }) => sent !== undefined).length,
    // What it refused and is to have no more is not waited for: it has what it is to have.
    versionSent: state === 'synced' ? versionAcked : versionSent,
    versionAcknowledged: versionAcked,
    ...(sentAt !== undefined && { sentAt }),
    ...(ackedAt !== undefined && { acknowledgedAt: ackedAt }),
    rejections: rejections(type, context),
  };
}

const nothing = { resources: 0, versionSent: '', versionAcknowledged: '', rejections: [] };

function pendingTimes(
  type: LedgerType,
  now: number,
): Required<Pick<ProxyTypeState, 'pendingForMs' | 'pendingSince'>> {
  const pendingSince = type.pendingSince ?? now;
  return { pendingForMs: Math.max(0, now - pendingSince), pendingSince };
}

function rejections(type: LedgerType, context: TypeContext): readonly Rejection[] {
  const named = type.resources.flatMap(({ name, nacked }) =>
    nacked === undefined ? [] : [rejectionOf({ typeUrl: type.typeUrl, name }, nacked, context)],
  );
  const { lastNack } = type;
  if (type.state !== 'rejected' || named.length > 0 || lastNack === undefined) return named;
  return [{ reason: redacted(lastNack.reason.trim()), at: lastNack.at }];
}

/** A rejection with its place in the resource, and what was declared that the resource comes from. */
export function rejectionOf(
  resource: { readonly typeUrl: string; readonly name: string },
  { reason, at, hash }: LedgerRejection,
  { desired, origins }: Pick<TypeContext, 'desired' | 'origins'>,
): Rejection {
  const refused = desiredResource(desired, resource);
  const path = refused && refusedPath(reason, shownResource(refused));
  const origin = origins.ofResource(desired.snapshot, resource);
  return {
    // Envoy's words may have all of what it refused.
    reason: redacted(reason.trim()),
    resource: resource.name,
    ...(path !== undefined && { path }),
    ...(origin && { origin }),
    at,
    version: hash,
  };
}
