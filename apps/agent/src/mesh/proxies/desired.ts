import type { ProxySnapshot } from '@chancery/snapshot';
import type { Resource, ResourceName } from '@chancery/xds-server';
import type { ProxyParts } from './proxy-parts.ts';

/** What a proxy is to have, and what that was made of. */
export interface Desired {
  readonly snapshot: ProxySnapshot | undefined;
  readonly resources: readonly Resource[];
}

/** What is published for a proxy. */
export function publishedFor({ xds }: ProxyParts, proxyId: string): Desired {
  const supply = xds.publisher.supply(proxyId);
  return { snapshot: supply?.snapshot, resources: supply?.manifest?.resources ?? [] };
}

/** The same, or what a proxy without a stream would have: that is without secrets, which are made when they are needed. */
export function desiredOf(parts: ProxyParts, proxyId: string): Desired {
  const published = publishedFor(parts, proxyId);
  if (published.resources.length > 0) return published;
  const snapshot = parts.store.read(parts.xds.queries.proxySnapshot, proxyId).value;
  return { snapshot, resources: snapshot ? parts.xds.compile(snapshot).resources : [] };
}

/** One resource of them by type and name. */
export function desiredResource(
  { resources }: Desired,
  { typeUrl, name }: ResourceName,
): Resource | undefined {
  return resources.find((it) => it.typeUrl === typeUrl && it.name === name);
}
