import { createHash } from 'node:crypto';
import { typeUrls } from '@chancery/envoy-api';
import type { ProtocolRules } from '../protocol/stream-state.ts';
import { stringField } from './wire.ts';

/** The encodings and hashes that the reducer needs. Equal on every start, so that reconnecting clients keep what they have. */
export const protocolRules: ProtocolRules = {
  emptyAssignment: (name) => ({
    typeUrl: typeUrls.endpoints,
    name,
    hash: 'empty',
    // A ClusterLoadAssignment with nothing but its cluster_name, field 1.
    body: stringField(1, name),
  }),
  digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 32),
};
