import type { RecordShape } from '@chancery/filter';
import { healthCheckShape } from './check-shape.ts';
import { nodeShape } from './node-shape.ts';
import { nodeServiceShape } from './service-shape.ts';

/**
 * What a filter may select of an instance with its node and its checks: `/v1/health/service/…`, `/v1/health/connect/…`,
 * `/v1/health/ingress/…`. So it is in `/v1/internal/ui/services` too, which sums up the entries that are left.
 */
export const healthEntryShape: RecordShape = {
  fields: { Node: nodeShape, Service: nodeServiceShape, Checks: { list: healthCheckShape } },
};

/** What a filter may select of a node with its instances and its checks: `/v1/internal/ui/nodes`. */
export const uiNodeShape: RecordShape = {
  fields: {
    ID: 'text',
    Node: 'text',
    Address: 'text',
    TaggedAddresses: { map: 'text' },
    Meta: { map: 'text' },
    Partition: 'text',
    PeerName: 'text',
    Services: { list: nodeServiceShape },
    Checks: { list: healthCheckShape },
  },
};
