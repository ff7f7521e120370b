import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { encode, type ResourceTypeUrl } from '@chancery/envoy-api';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Resource } from './resource.ts';

/** Half a SHA-256: no two contents of one name will ever meet in it, and it goes over the wire with every resource. */
const hashBytes = 16;

/** A message as a resource. Meant to be called once for each content, not once for each proxy. */
export function encodeResource<Desc extends DescMessage>(
  typeUrl: ResourceTypeUrl,
  name: string,
  schema: Desc,
  message: MessageShape<Desc>,
): Resource {
  const body = encode(schema, message);
  return { typeUrl, name, hash: contentHash(body), body };
}

/** The hash by which contents are told apart: that of a resource is of its bytes. */
export function contentHash(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes).subarray(0, hashBytes));
}
