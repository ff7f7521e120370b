import type { LaggingProxy, SyncState } from '@chancery/mesh-api';
import { lasting, typeNameOf } from '@chancery/mesh-api/calls';
import { redacted } from '@chancery/plan';
import type { LedgerResource, XdsServer } from '@chancery/xds-server';
import type { ChangedResource } from '../../proxies/publication-log.ts';
import { isStarting, standing } from './standing.ts';

type Ledger = XdsServer['ledger'];

/** How a proxy stands to what a revision changed for it. */
export type Acknowledgement =
  | { readonly kind: 'taken'; readonly at: number }
  | {
      readonly kind: 'lagging';
      readonly state: SyncState;
      /** Whether it may still be taken: a proxy is not sent again what it refused. */
      readonly isOpen: boolean;
      readonly detail: string;
    };

/**
 * Whether a proxy has taken what a revision changed for it: as it was then, or as it became later. What it
 * has no use for does not count, such as a secret that nothing of its names.
 */
export function acknowledgement(
  ledger: Ledger,
  proxyId: string,
  changed: readonly ChangedResource[],
  now: number,
): Acknowledgement {
  const lags = changed.flatMap((resource) => lagOf(ledger, proxyId, resource, now) ?? []);
  const [first] = lags;
  if (first === undefined) return { kind: 'taken', at: takenAt(ledger, proxyId, changed) };
  const refused = lags.find(({ state }) => state === 'rejected');
  // Whatever becomes of the others: it will not have all of it.
  const isOpen = refused === undefined;
  const worst = refused ?? first;
  const detail = lags.map((lag) => lag.detail).join('; ');
  return { kind: 'lagging', state: worst.state, isOpen, detail };
}

interface Lag {
  readonly state: LaggingProxy['state'];
  readonly detail: string;
}

function lagOf(
  ledger: Ledger,
  proxyId: string,
  changed: ChangedResource,
  now: number,
): Lag | undefined {
  const { typeUrl, name } = changed;
  if (isTaken(ledger, proxyId, changed)) return undefined;
  const { state, since, reason } = standing(ledger, proxyId, changed);
  const what = `${typeNameOf(typeUrl)} ${name}`;
  switch (state) {
    case 'synced':
      return undefined;
    case 'rejected':
      return { state, detail: `${what} was refused: ${inOneLine(reason)}` };
    case 'pending':
      return { state, detail: `${what} is ${pending(changed)}${forSo(since, now)}` };
    case 'not-subscribed':
      if (!isStarting(ledger, proxyId)) return undefined;
      return { state, detail: `${what} is not asked for yet` };
  }
}

/** What came later stands for what was before it, if it was accepted. */
function isTaken(ledger: Ledger, proxyId: string, changed: ChangedResource): boolean {
  const row = ledger.resource(proxyId, changed.typeUrl, changed.name);
  const acked = row?.acked;
  if (changed.hash === undefined) return row === undefined || row.state === 'synced';
  if (acked === undefined) return false;
  return (
    (acked.hash === changed.hash && !isOvertaken(row, changed)) ||
    (acked.revision ?? 0) >= changed.revision ||
    row?.state === 'synced'
  );
}

/** Whether something else, sent before the revision and not answered yet, still comes over what was accepted. */
function isOvertaken(
  row: LedgerResource | undefined,
  { revision, hash }: ChangedResource,
): boolean {
  const { state, sent } = row ?? {};
  if (state !== 'pending' || sent === undefined || sent.hash === hash) return false;
  return (sent.revision ?? 0) < revision;
}

function takenAt(ledger: Ledger, proxyId: string, changed: readonly ChangedResource[]): number {
  const times = changed.map(({ typeUrl, name }) => {
    const acked = ledger.resource(proxyId, typeUrl, name)?.acked;
    return acked?.at ?? ledger.type(proxyId, typeUrl)?.ackedAt ?? 0;
  });
  return Math.max(0, ...times);
}

/** What Envoy says, without the message that it prints before, which may have secrets. */
export function inOneLine(reason = ''): string {
  const at = reason.indexOf('Proto constraint validation failed');
  return redacted(at < 0 ? reason : reason.slice(at))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function pending({ hash }: ChangedResource): string {
  return hash === undefined ? 'still to be taken away' : 'not acknowledged';
}

function forSo(since: number | undefined, now: number): string {
  return since === undefined ? '' : ` after ${lasting(now - since)}`;
}
