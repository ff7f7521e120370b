import type { RecordShape } from '@chancery/filter';

/** What a filter may select of a node: `/v1/catalog/nodes`. The selectors are those of Consul 1.20.1. */
export const nodeShape: RecordShape = {
  fields: {
    ID: 'text',
    Node: 'text',
    Address: 'text',
    Datacenter: 'text',
    TaggedAddresses: { map: 'text' },
    Meta: { map: 'text' },
    Partition: 'text',
    PeerName: 'text',
  },
};
