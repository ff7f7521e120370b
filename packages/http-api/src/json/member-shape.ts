import type { RecordShape } from '@chancery/filter';

/** What a filter may select of a member of the cluster: `/v1/agent/members`. */
export const memberShape: RecordShape = {
  fields: {
    Name: 'text',
    // Bytes to a filter of Consul, which nobody can use; the text that is shown is of use.
    Addr: 'text',
    Port: 'number',
    Tags: { map: 'text' },
    Status: 'number',
    ProtocolMin: 'number',
    ProtocolMax: 'number',
    ProtocolCur: 'number',
    DelegateMin: 'number',
    DelegateMax: 'number',
    DelegateCur: 'number',
  },
};
