import type { RecordShape } from '@chancery/filter';
import { proxyShape } from './proxy-shape.ts';

const taggedAddresses: RecordShape = {
  map: { fields: { Address: 'text', Port: 'number' } },
};

const weights: RecordShape = { fields: { Passing: 'number', Warning: 'number' } };

const connect: RecordShape = { fields: { Native: 'flag' } };

/**
 * What a filter may select of an instance: `/v1/agent/services`, `/v1/catalog/node/…`, `/v1/catalog/node-services/…`, and
 * `Service` in the entries of `/v1/health/service/…`.
 */
export const nodeServiceShape: RecordShape = {
  fields: {
    Kind: 'text',
    ID: 'text',
    Service: 'text',
    Tags: { list: 'text' },
    Address: 'text',
    TaggedAddresses: taggedAddresses,
    Meta: { map: 'text' },
    Port: 'number',
    SocketPath: 'text',
    Weights: weights,
    EnableTagOverride: 'flag',
    Proxy: proxyShape,
    Connect: connect,
    PeerName: 'text',
  },
};

/**
 * What a filter may select of an instance together with its node: `/v1/catalog/service/…`, `/v1/catalog/connect/…`, and
 * `/v1/catalog/services`, which counts the instances that are left.
 */
export const catalogServiceShape: RecordShape = {
  fields: {
    ID: 'text',
    Node: 'text',
    Address: 'text',
    Datacenter: 'text',
    TaggedAddresses: { map: 'text' },
    NodeMeta: { map: 'text' },
    ServiceKind: 'text',
    ServiceID: 'text',
    ServiceName: 'text',
    ServiceTags: { list: 'text' },
    ServiceAddress: 'text',
    ServiceTaggedAddresses: taggedAddresses,
    ServiceWeights: weights,
    ServiceMeta: { map: 'text' },
    ServicePort: 'number',
    ServiceSocketPath: 'text',
    ServiceEnableTagOverride: 'flag',
    ServiceProxy: proxyShape,
    ServiceConnect: connect,
    PeerName: 'text',
  },
};
