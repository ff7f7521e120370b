import { create } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Origin as OriginMessage,
  OriginSchema,
} from '../../gen/chancery/mesh/v1/change_pb.ts';
import {
  type Proxy as ProxyMessage,
  ProxyProblemSchema,
  ProxySchema,
  type ProxyType,
  ProxyTypeSchema,
  type Rejection as RejectionMessage,
  RejectionSchema,
  SyncState as SyncStateMessage,
} from '../../gen/chancery/mesh/v1/proxies_pb.ts';
import type {
  Origin,
  ProxyProblem,
  ProxyState,
  ProxyTypeState,
  Rejection,
  SyncState,
} from './proxy-source.ts';

const states: Readonly<Record<SyncState, SyncStateMessage>> = {
  synced: SyncStateMessage.SYNCED,
  pending: SyncStateMessage.PENDING,
  rejected: SyncStateMessage.REJECTED,
  'not-subscribed': SyncStateMessage.NOT_SUBSCRIBED,
};

/** A state as it is sent. */
export function stateMessage(state: SyncState): SyncStateMessage {
  return states[state];
}

/** A proxy as it is sent. */
export function proxyMessage({
  streamSince,
  certificateExpiresAt,
  builtRevision,
  acknowledgedRevision,
  types,
  problems,
  ...same
}: ProxyState): ProxyMessage {
  return create(ProxySchema, {
    ...same,
    ...(streamSince !== undefined && { streamSince: timestampFromMs(streamSince) }),
    ...(certificateExpiresAt !== undefined && {
      certificateExpiresAt: timestampFromMs(certificateExpiresAt),
    }),
    builtRevision: BigInt(builtRevision),
    acknowledgedRevision: BigInt(acknowledgedRevision),
    types: types.map(typeMessage),
    problems: problems.map(problemMessage),
  });
}

function typeMessage({
  state,
  pendingForMs,
  pendingSince,
  sentAt,
  acknowledgedAt,
  rejections,
  ...same
}: ProxyTypeState): ProxyType {
  return create(ProxyTypeSchema, {
    ...same,
    state: states[state],
    ...(pendingForMs !== undefined && { pendingFor: durationFromMs(pendingForMs) }),
    ...(pendingSince !== undefined && { pendingSince: timestampFromMs(pendingSince) }),
    ...(sentAt !== undefined && { sentAt: timestampFromMs(sentAt) }),
    ...(acknowledgedAt !== undefined && { acknowledgedAt: timestampFromMs(acknowledgedAt) }),
    rejections: rejections.map(rejectionMessage),
  });
}

/** A rejection as it is sent. */
export function rejectionMessage({ at, origin, ...same }: Rejection): RejectionMessage {
  return create(RejectionSchema, {
    ...same,
    at: timestampFromMs(at),
    ...(origin && { origin: originMessage(origin) }),
  });
}

/** An origin as it is sent. */
export function originMessage({ revision, ...same }: Origin): OriginMessage {
  return create(OriginSchema, { ...same, revision: BigInt(revision) });
}

function problemMessage({ origin, ...same }: ProxyProblem) {
  return create(ProxyProblemSchema, { ...same, ...(origin && { origin: originMessage(origin) }) });
}
