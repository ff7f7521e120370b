import type { RecordShape } from '@chancery/filter';

/**
 * What a filter may select of an exported service. `/v1/exported-services` ignores filters in Consul 1.20; its command line
 * applies them, to these selectors.
 */
export const exportedServiceShape: RecordShape = {
  fields: {
    Service: 'text',
    Partition: 'text',
    Consumers: { fields: { Peers: { list: 'text' }, Partitions: { list: 'text' } } },
  },
};
