import type { InstanceRow, NodeRow } from '@chancery/catalog';
import type { RowRevisions } from '@chancery/store';
import { hasKeys, proxy, taggedAddresses, weights } from './service-json.ts';
import type { Shown } from './shown.ts';

/** When a row was created and last changed, as clients compare it. */
export function indexes({ created, modified }: RowRevisions): object {
  return { CreateIndex: created, ModifyIndex: modified };
}

/** A node as the catalog shows it. */
export function catalogNode({ node, revisions }: NodeRow): object {
  return {
    ID: node.id,
    Node: node.node,
    Address: node.address,
    Datacenter: node.datacenter,
    TaggedAddresses: node.taggedAddresses,
    Meta: node.meta,
    ...indexes(revisions),
  };
}

const noProxy = { Mode: '', MeshGateway: {}, Expose: {} };

/** An instance as `/v1/health/service` and `/v1/catalog/node` show it. */
export function nodeService({ service, revisions }: InstanceRow): Shown<'ID'> {
  return {
    ...(service.kind !== 'typical' && { Kind: service.kind }),
    ID: service.id,
    Service: service.name,
    Tags: service.tags,
    Address: service.address,
    ...(hasKeys(service.taggedAddresses) && { TaggedAddresses: taggedAddresses(service) }),
    Meta: hasKeys(service.meta) ? service.meta : null,
    Port: service.port,
    ...(service.socketPath !== undefined && { SocketPath: service.socketPath }),
    Weights: weights(service),
    EnableTagOverride: service.enableTagOverride,
    Proxy: service.proxy === undefined ? noProxy : { Mode: '', ...proxy(service.proxy) },
    Connect: service.connectNative ? { Native: true } : {},
    PeerName: '',
    ...indexes(revisions),
  };
}

/** An instance and its node in one object, as `/v1/catalog/service` shows it. */
export function catalogService({
  on: { node },
  service,
  revisions,
}: InstanceRow): Shown<'ServiceName'> & { readonly ServiceTags: readonly string[] } {
  return {
    ID: node.id,
    Node: node.node,
    Address: node.address,
    Datacenter: node.datacenter,
    TaggedAddresses: node.taggedAddresses,
    NodeMeta: node.meta,
    ServiceKind: service.kind === 'typical' ? '' : service.kind,
    ServiceID: service.id,
    ServiceName: service.name,
    ServiceTags: service.tags,
    ServiceAddress: service.address,
    ...(hasKeys(service.taggedAddresses) && { ServiceTaggedAddresses: taggedAddresses(service) }),
    ServiceWeights: weights(service),
    ServiceMeta: service.meta,
    ServicePort: service.port,
    ServiceSocketPath: service.socketPath ?? '',
    ServiceEnableTagOverride: service.enableTagOverride,
    ServiceProxy: service.proxy === undefined ? noProxy : { Mode: '', ...proxy(service.proxy) },
    ServiceConnect: service.connectNative ? { Native: true } : {},
    ServiceLocality: null,
    ...indexes(revisions),
  };
}
