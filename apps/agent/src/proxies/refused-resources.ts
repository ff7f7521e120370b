import type { XdsServer } from '@chancery/xds-server';
import { resourceOrigin } from '@chancery/xds-translator';
import type { ProxyPublisher } from './proxy-publisher.ts';
import { resourceTypes } from './resource-types.ts';

/** A resource that a proxy refused, and what was declared that it comes from. */
export interface RefusedResource {
  readonly proxy: string;
  readonly type: string;
  /** Empty where the proxy named none. */
  readonly resource: string;
  /** `service db-sidecar-proxy`; empty where nothing declared is behind it. */
  readonly origin: string;
  /** A JSON path in that; empty for the whole. */
  readonly path: string;
}

/** Where refusals are looked for. */
export interface RefusalParts {
  readonly ledger: Pick<XdsServer['ledger'], 'proxy' | 'states'>;
  readonly publisher: Pick<ProxyPublisher, 'followed' | 'supply'>;
}

/** What is refused now: so many at most, since one mistake may be refused by every proxy. */
export function refusedResources(parts: RefusalParts, most: number): readonly RefusedResource[] {
  const { ledger, publisher } = parts;
  if (![...ledger.states().values()].some(({ rejected }) => rejected > 0)) return [];
  const found: RefusedResource[] = [];
  for (const proxyId of publisher.followed()) {
    found.push(...refusedBy(proxyId, parts));
    if (found.length >= most) break;
  }
  return found.slice(0, most);
}

function refusedBy(
  proxyId: string,
  { ledger, publisher }: RefusalParts,
): readonly RefusedResource[] {
  const types = (ledger.proxy(proxyId)?.types ?? []).filter(({ state }) => state === 'rejected');
  const snapshot = publisher.supply(proxyId)?.snapshot;
  return types.flatMap(({ typeUrl, resources }) => {
    const type = resourceTypes.find((each) => each.typeUrl === typeUrl)?.type ?? typeUrl;
    const refused = resources.filter(({ nacked }) => nacked !== undefined);
    const names = refused.length === 0 ? [''] : refused.map(({ name }) => name);
    return names.map((name) => {
      const origin = snapshot && resourceOrigin(snapshot, { typeUrl, name });
      return {
        ...{ proxy: proxyId, type, resource: name },
        origin: origin ? `${origin.kind} ${origin.name}` : '',
        path: origin?.path ?? '',
      };
    });
  });
}
