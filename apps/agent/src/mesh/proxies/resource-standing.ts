import type { ResourceStanding } from '@chancery/explain';
import { lasting } from '@chancery/mesh-api/calls';
import type { ProxyService } from '../../proxies/serve-proxies.ts';
import { inOneLine } from './acknowledgement.ts';
import { isStarting, standing } from './standing.ts';

/** Tells how a proxy stands to a resource that it should have. */
export function resourceStandings(
  { ledger, publisher }: Pick<ProxyService, 'ledger' | 'publisher'>,
  now: () => number,
): (proxyId: string, typeUrl: string, name: string) => ResourceStanding {
  return (proxyId, typeUrl, name) => {
    const connected = ledger.streams(proxyId) > 0;
    if (!connected) return { state: 'not-subscribed', connected, detail: 'it has no stream' };
    const desired = publisher
      .supply(proxyId)
      ?.manifest?.resources.find((it) => it.typeUrl === typeUrl && it.name === name);
    const found = standing(ledger, proxyId, { typeUrl, name, hash: desired?.hash });
    const { state, since, reason } = found;
    switch (state) {
      case 'synced':
        return { state, connected, detail: '' };
      case 'rejected':
        return { state, connected, detail: `refused: ${inOneLine(reason)}` };
      case 'pending': {
        const lately = since === undefined ? '' : ` for ${lasting(now() - since)}`;
        return { state, connected, detail: `sent and not acknowledged${lately}` };
      }
      case 'not-subscribed': {
        const starts = isStarting(ledger, proxyId);
        return { state, connected, detail: starts ? 'not asked for yet' : 'not asked for' };
      }
    }
  };
}
