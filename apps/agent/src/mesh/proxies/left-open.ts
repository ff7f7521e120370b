import { resourceOrigin } from '@chancery/xds-translator';
import type { ChangedResource } from '../../proxies/publication-log.ts';
import { acknowledgement } from './acknowledgement.ts';
import { writtenAt } from './origins.ts';
import type { ProxyParts } from './proxy-parts.ts';

/**
 * What a proxy has not taken yet of earlier revisions, of that which comes from what a revision wrote. A write that says
 * the same again, or changes but a description, concerns it as long as what was said first is not there.
 */
export function leftOpen(
  parts: ProxyParts,
  proxyId: string,
  revision: number,
): readonly ChangedResource[] {
  const { xds, store, now } = parts;
  if (xds.ledger.streams(proxyId) === 0) return [];
  const open = xds.publications
    .changedBefore(proxyId, revision)
    .filter((each) => acknowledgement(xds.ledger, proxyId, [each], now()).kind === 'lagging');
  if (open.length === 0) return [];
  const snapshot = store.read(xds.queries.proxySnapshot, proxyId).value;
  return open.filter((resource) => {
    const origin = snapshot && resourceOrigin(snapshot, resource);
    return origin !== undefined && writtenAt(parts, origin) === revision;
  });
}
