import type { Response } from '../protocol/event.ts';
import type { Resource } from '../resource.ts';
import { field, joined, stringField } from './wire.ts';

/** Turns responses into the messages of the two variants. */
export interface ResponseEncoder {
  readonly delta: (response: Response) => readonly Uint8Array[];
  readonly sotw: (response: Response) => readonly Uint8Array[];
  /** How often a resource was encoded; sending it again, to whomever, does not count. */
  readonly encodings: () => number;
}

/**
 * A response is put together from chunks, one a resource, that are encoded once and shared by all streams.
 * The chunk is kept as long as its Resource object lives.
 *
 * The field numbers are those of envoy/service/discovery/v3/discovery.proto: a DiscoveryResponse holds its
 * resources as `Any` in field 2, and so does the Resource of the delta variant.
 */
export function createResponseEncoder(): ResponseEncoder {
  const envelopes = new WeakMap<Resource, Uint8Array>();
  const deltaChunks = new WeakMap<Resource, Uint8Array>();
  let encodings = 0;
  const envelope = (resource: Resource): Uint8Array => {
    encodings += 1;
    return field(2, joined([stringField(1, resource.typeUrl), field(2, resource.body)]));
  };
  const deltaChunk = (resource: Resource): Uint8Array =>
    field(
      2,
      joined([
        stringField(1, resource.hash),
        once(envelopes, resource, envelope),
        stringField(3, resource.name),
      ]),
    );
  return {
    delta: ({ version, resources, typeUrl, nonce, removed }) => [
      stringField(1, version),
      ...resources.map((resource) => once(deltaChunks, resource, deltaChunk)),
      joined([stringField(4, typeUrl), stringField(5, nonce)]),
      ...removed.map((name) => stringField(6, name)),
    ],
    sotw: ({ version, resources, typeUrl, nonce }) => [
      stringField(1, version),
      ...resources.map((resource) => once(envelopes, resource, envelope)),
      joined([stringField(4, typeUrl), stringField(5, nonce)]),
    ],
    encodings: () => encodings,
  };
}

function once(
  memo: WeakMap<Resource, Uint8Array>,
  resource: Resource,
  encode: (resource: Resource) => Uint8Array,
): Uint8Array {
  const known = memo.get(resource);
  if (known !== undefined) return known;
  const encoded = encode(resource);
  memo.set(resource, encoded);
  return encoded;
}
