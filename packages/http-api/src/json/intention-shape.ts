import type { RecordShape } from '@chancery/filter';

/** What a filter may select of an intention: `/v1/connect/intentions`. Its permissions and its times cannot be selected. */
export const intentionShape: RecordShape = {
  fields: {
    ID: 'text',
    Description: 'text',
    SourceNS: 'text',
    SourceName: 'text',
    SourcePartition: 'text',
    SourcePeer: 'text',
    SourceSamenessGroup: 'text',
    DestinationNS: 'text',
    DestinationName: 'text',
    DestinationPartition: 'text',
    SourceType: 'text',
    Action: 'text',
    Meta: { map: 'text' },
    Precedence: 'number',
  },
};
