import { fromBinary } from '@bufbuild/protobuf';
import type { Node } from '@chancery/envoy-api/envoy/config/core/v3/base';
import {
  DeltaDiscoveryRequestSchema,
  DiscoveryRequestSchema,
} from '@chancery/envoy-api/envoy/service/discovery/v3/discovery';
import type { DeltaRequest, SotwRequest } from '../protocol/event.ts';

/** Who is at the other end of a stream. Only the first request of a stream has to say it. */
export interface NodeIdentity {
  readonly id: string;
  /** Name and version of the program, such as `envoy 1.40.0`; empty if it does not say. */
  readonly userAgent: string;
}

/** A request and who sent it. */
export interface DecodedRequest {
  readonly node: NodeIdentity | undefined;
  readonly request: DeltaRequest | SotwRequest;
}

/** Decodes a message of either variant; throws when the bytes are not one. */
export function decodeRequest(variant: 'delta' | 'sotw', message: Uint8Array): DecodedRequest {
  return variant === 'delta' ? decodeDelta(message) : decodeSotw(message);
}

function decodeDelta(message: Uint8Array): DecodedRequest {
  const decoded = fromBinary(DeltaDiscoveryRequestSchema, message);
  return {
    node: identity(decoded.node),
    request: {
      variant: 'delta',
      typeUrl: decoded.typeUrl,
      nonce: decoded.responseNonce,
      subscribe: decoded.resourceNamesSubscribe,
      unsubscribe: decoded.resourceNamesUnsubscribe,
      initialVersions: new Map(Object.entries(decoded.initialResourceVersions)),
      error: decoded.errorDetail?.message,
    },
  };
}

function decodeSotw(message: Uint8Array): DecodedRequest {
  const decoded = fromBinary(DiscoveryRequestSchema, message);
  return {
    node: identity(decoded.node),
    request: {
      variant: 'sotw',
      typeUrl: decoded.typeUrl,
      nonce: decoded.responseNonce,
      version: decoded.versionInfo,
      names: decoded.resourceNames,
      error: decoded.errorDetail?.message,
    },
  };
}

function identity(node: Node | undefined): NodeIdentity | undefined {
  if (node === undefined) return undefined;
  return { id: node.id, userAgent: `${node.userAgentName} ${version(node)}`.trim() };
}

function version({ userAgentVersionType }: Node): string {
  if (userAgentVersionType.case === 'userAgentVersion') return userAgentVersionType.value;
  const number = userAgentVersionType.value?.version;
  if (number === undefined) return '';
  return `${number.majorNumber}.${number.minorNumber}.${number.patch}`;
}
