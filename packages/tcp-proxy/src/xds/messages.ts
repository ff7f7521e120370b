import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  DeltaDiscoveryRequestSchema,
  DeltaDiscoveryResponseSchema,
} from '@chancery/envoy-api/envoy/service/discovery/v3/discovery';
import type { DeltaRequest, DeltaResponse } from './step.ts';

/** Who asks: the proxy's own name is what the server knows it by. */
export interface NodeIdentity {
  readonly id: string;
  readonly cluster: string;
}

/** `INVALID_ARGUMENT`, as Envoy gives for what it cannot take. */
const REJECTED = 3;

/** Encodes a request. Only the first one on a stream says who asks. */
export function encodeRequest(request: DeltaRequest, node: NodeIdentity | undefined): Uint8Array {
  const message = create(DeltaDiscoveryRequestSchema, {
    typeUrl: request.typeUrl,
    resourceNamesSubscribe: [...request.subscribe],
    resourceNamesUnsubscribe: [...request.unsubscribe],
    initialResourceVersions: Object.fromEntries(request.initialVersions),
    responseNonce: request.nonce,
    ...(request.error !== undefined && {
      errorDetail: { code: REJECTED, message: request.error },
    }),
    ...(node !== undefined && { node: { ...node, userAgentName: 'chancery-tcp-proxy' } }),
  });
  return toBinary(DeltaDiscoveryRequestSchema, message);
}

/** Decodes a response; throws when it is none. */
export function decodeResponse(bytes: Uint8Array): DeltaResponse {
  const message = fromBinary(DeltaDiscoveryResponseSchema, bytes);
  return {
    typeUrl: message.typeUrl,
    nonce: message.nonce,
    resources: message.resources.map(({ name, version, resource }) => ({
      name,
      version,
      typeUrl: resource?.typeUrl ?? '',
      body: resource?.value ?? new Uint8Array(),
    })),
    removed: message.removedResources,
  };
}
