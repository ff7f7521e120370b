import { typeUrls } from '@chancery/envoy-api';
import { serviceRef } from '@chancery/identity';
import type { ProxyState } from '@chancery/mesh-api';
import type { LedgerProxy } from '@chancery/xds-server';
import type { Supply } from '../../proxies/proxy-publisher.ts';
import { publishedFor } from './desired.ts';
import type { Origins } from './origins.ts';
import { problems } from './problems.ts';
import type { ProxyParts } from './proxy-parts.ts';
import type { Subject } from './subjects.ts';
import { typeStates } from './type-states.ts';

/** How one proxy stands. */
export function proxyState(parts: ProxyParts, subject: Subject, origins: Origins): ProxyState {
  const { id, instance } = subject;
  const { ledger, publisher } = parts.xds;
  const book = ledger.proxy(id);
  const supply = publisher.supply(id);
  const service = instance?.service.proxy?.destinationServiceName;
  const built = builtRevision(parts, id, supply);
  const expiresAt = supply && service && certificateEnd(parts, service);
  return {
    id,
    ...(service && { service }),
    ...(instance && { node: instance.node }),
    // One that waits to be registered has a stream that the ledger knows nothing of.
    streams: book?.streams ?? (publisher.isFollowed(id) ? 1 : 0),
    ...(book?.since !== undefined && { streamSince: book.since }),
    ...(book?.userAgent && { userAgent: book.userAgent }),
    ...(expiresAt && { certificateExpiresAt: expiresAt }),
    builtRevision: built,
    acknowledgedRevision: acknowledgedRevision(book, supply, built),
    types: typeStates(book, { desired: publishedFor(parts, id), origins, now: parts.now() }),
    problems: problems(parts, subject, supply, origins),
  };
}

function certificateEnd({ leafs }: ProxyParts, service: string): number | undefined {
  return leafs.current(serviceRef(service))?.validity.notAfter;
}

/** What is published is current for the present state as long as the proxy's snapshot is what it was made of. */
function builtRevision({ store, xds }: ProxyParts, id: string, supply: Supply | undefined): number {
  if (supply?.manifest === undefined) return 0;
  const { value } = store.read(xds.queries.proxySnapshot, id);
  const isCurrent = supply.isCurrent && value === supply.snapshot;
  return isCurrent ? store.view.revision : supply.manifest.revision;
}

/** A proxy that has not asked for its clusters and listeners yet has acknowledged nothing as a whole. */
function acknowledgedRevision(
  book: LedgerProxy | undefined,
  supply: Supply | undefined,
  built: number,
): number {
  const asked = new Set(book?.types.map(({ typeUrl }) => typeUrl));
  const hasBegun = asked.has(typeUrls.cluster) && asked.has(typeUrls.listener);
  if (book === undefined || !hasBegun) return 0;
  const isWhole = book.types.every(({ state }) => state === 'synced');
  const isLatest = book.acknowledgedRevision === supply?.manifest?.revision;
  return isWhole && isLatest ? built : book.acknowledgedRevision;
}
