import type { RecordShape } from '@chancery/filter';

/**
 * What a filter may select of a check: `/v1/health/node/…`, `/v1/health/checks/…`, `/v1/health/state/…`,
 * `/v1/agent/checks`. How it is run (`Definition`) cannot be selected, in Consul neither.
 */
export const healthCheckShape: RecordShape = {
  fields: {
    Node: 'text',
    CheckID: 'text',
    Name: 'text',
    Status: 'text',
    Notes: 'text',
    Output: 'text',
    ServiceID: 'text',
    ServiceName: 'text',
    ServiceTags: { list: 'text' },
    Type: 'text',
    Interval: 'text',
    Timeout: 'text',
    ExposedPort: 'number',
    PeerName: 'text',
  },
};
