import { readableResource } from '@chancery/envoy-api';
import type { LedgerResource, XdsServer } from '@chancery/xds-server';
import { resourceOrigin } from '@chancery/xds-translator';
import type { ProxyPublisher, Supply } from './proxy-publisher.ts';
import { refusedPath } from './refused-path.ts';
import { resourceTypes } from './resource-types.ts';

/** A resource that a proxy refused, where in it, and what was declared that it comes from. */
export interface RefusedResource {
  readonly proxy: string;
  readonly type: string;
  /** Empty where the proxy named none. */
  readonly resource: string;
  /** A JSON path in the resource; empty where the proxy's words tell none. */
  readonly path: string;
  /** `service db-sidecar-proxy`; empty where nothing declared is behind it. */
  readonly origin: string;
  /** A JSON path in that; empty for the whole. */
  readonly origin_path: string;
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
  const proxies = publisher.followed().values();
  return [...proxies.flatMap((proxyId) => refusedBy(proxyId, parts)).take(most)];
}

/** One at a time: looking into a resource costs something, and few are asked for. */
function* refusedBy(
  proxyId: string,
  { ledger, publisher }: RefusalParts,
): Generator<RefusedResource> {
  const supply = publisher.supply(proxyId);
  for (const { typeUrl, state, resources } of ledger.proxy(proxyId)?.types ?? []) {
    if (state !== 'rejected') continue;
    const refused = resources.filter(({ nacked }) => nacked !== undefined);
    for (const row of refused.length === 0 ? [unnamed] : refused) {
      yield { proxy: proxyId, ...refusal(supply, typeUrl, row) };
    }
  }
}

type Refused = Pick<LedgerResource, 'name' | 'nacked'>;

const unnamed: Refused = { name: '', nacked: undefined };

function refusal(
  supply: Supply | undefined,
  typeUrl: string,
  { name, nacked }: Refused,
): Omit<RefusedResource, 'proxy'> {
  const type = resourceTypes.find((each) => each.typeUrl === typeUrl)?.type ?? typeUrl;
  const resource = supply?.manifest?.resources.find(
    (each) => each.typeUrl === typeUrl && each.name === name,
  );
  const path = resource && nacked && refusedPath(nacked.reason, readableResource(resource));
  const origin = supply && resourceOrigin(supply.snapshot, { typeUrl, name });
  return {
    ...{ type, resource: name, path: cut(path ?? '') },
    origin: origin ? `${origin.kind} ${origin.name}` : '',
    origin_path: origin?.path ?? '',
  };
}

/** It is made of what a proxy said, and that may be anything. */
const longestPath = 200;

function cut(path: string): string {
  return path.length <= longestPath ? path : `${path.slice(0, longestPath - 1)}…`;
}
