import { instanceKey, instances } from '@chancery/catalog';
import { configEntries } from '@chancery/config-entries';
import type { Origin } from '@chancery/mesh-api';
import type { ProxySnapshot } from '@chancery/snapshot';
import { type ResourceId, type ResourceOrigin, resourceOrigin } from '@chancery/xds-translator';
import { resourceTypes } from '../../proxies/resource-types.ts';
import type { AuthorOf } from '../changes/authors.ts';
import type { ProxyParts } from './proxy-parts.ts';

/** Tells what was declared that a resource comes from, and who declared it. */
export interface Origins {
  readonly ofResource: (
    snapshot: ProxySnapshot | undefined,
    resource: ResourceId,
  ) => Origin | undefined;
  /** The same for a resource of which only the name is known. */
  readonly ofName: (snapshot: ProxySnapshot, name: string) => Origin | undefined;
  /** A place in the registration of a proxy. */
  readonly ofRegistration: (proxyId: string, path: string) => Origin;
}

/** Origins at the present state, with the authors that are known. */
export function originsAt(parts: Pick<ProxyParts, 'store' | 'node'>, authorOf: AuthorOf): Origins {
  const signed = (origin: ResourceOrigin): Origin => withAuthor(parts, authorOf, origin);
  const ofResource: Origins['ofResource'] = (snapshot, resource) => {
    const origin = snapshot && resourceOrigin(snapshot, resource);
    return origin && signed(origin);
  };
  return {
    ofResource,
    ofName: (snapshot, name) =>
      resourceTypes
        .values()
        .map(({ typeUrl }) => ofResource(snapshot, { typeUrl, name }))
        .find((origin) => origin !== undefined),
    ofRegistration: (proxyId, path) => signed({ kind: 'service', name: proxyId, path }),
  };
}

function withAuthor(
  parts: Pick<ProxyParts, 'store' | 'node'>,
  authorOf: AuthorOf,
  origin: ResourceOrigin,
): Origin {
  const { isService, key } = rowOf(parts, origin);
  const author = isService ? authorOf(instances, key) : authorOf(configEntries, key);
  const revision = writtenAt(parts, origin) ?? 0;
  return { ...origin, revision, ...(author && { author: author.name }) };
}

/** The revision that wrote last what a resource comes from; none where it is gone. */
export function writtenAt(
  parts: Pick<ProxyParts, 'store' | 'node'>,
  origin: ResourceOrigin,
): number | undefined {
  const { view } = parts.store;
  const { isService, key } = rowOf(parts, origin);
  const revisions = isService ? view.revisions(instances, key) : view.revisions(configEntries, key);
  return revisions?.modified;
}

function rowOf(
  { node }: Pick<ProxyParts, 'node'>,
  { kind, name }: ResourceOrigin,
): { readonly isService: boolean; readonly key: string } {
  const isService = kind === 'service';
  return { isService, key: isService ? instanceKey(node, name) : `${kind}/${name}` };
}
