import { create, type JsonObject } from '@bufbuild/protobuf';
import { type ProxyResource, ProxyResourceSchema } from '../../gen/chancery/mesh/v1/proxies_pb.ts';
import { fieldMessage } from '../changes/field-message.ts';
import { originMessage, rejectionMessage, stateMessage } from './proxy-message.ts';
import type { ProxyResourceState } from './proxy-source.ts';

/** A resource of a proxy as it is sent. */
export function resourceMessage({
  state,
  desired,
  acknowledged,
  fields,
  rejections,
  origin,
  ...same
}: ProxyResourceState): ProxyResource {
  return create(ProxyResourceSchema, {
    ...same,
    state: stateMessage(state),
    ...(desired && { desired: desired as JsonObject }),
    ...(acknowledged && { acknowledged: acknowledged as JsonObject }),
    fields: fields.map(fieldMessage),
    rejections: rejections.map(rejectionMessage),
    ...(origin && { origin: originMessage(origin) }),
  });
}
