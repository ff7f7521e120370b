import type { Response } from '../protocol/event.ts';
import type { Resource } from '../resource.ts';
import { field, fieldHead, joined, stringField } from './wire.ts';

/** Turns responses into the messages of the two variants. */
export interface ResponseEncoder {
  readonly delta: (response: Response) => readonly Uint8Array[];
  readonly sotw: (response: Response) => readonly Uint8Array[];
  /** How often a resource was encoded; sending it again, to whomever, does not count. */
  readonly encodings: () => number;
}

/**
 * A response is put together from chunks, one a resource, that are encoded once and shared by all streams.
 * The chunk is kept as long as the resource's body lives.
 *
 * The field numbers are those of envoy/service/discovery/v3/discovery.proto: a DiscoveryResponse holds its
 * resources as `Any` in field 2, and so does the Resource of the delta variant.
 */
export function createResponseEncoder(): ResponseEncoder {
  const chunks = new WeakMap<Uint8Array, Uint8Array>();
  let encodings = 0;
  const chunk = ({ typeUrl, body }: Resource): Uint8Array => {
    const known = chunks.get(body);
    if (known !== undefined) return known;
    encodings += 1;
    const encoded = field(2, joined([stringField(1, typeUrl), field(2, body)]));
    chunks.set(body, encoded);
    return encoded;
  };
  const deltaParts = (resource: Resource): readonly Uint8Array[] => {
    const [version, any] = [stringField(1, resource.hash), chunk(resource)];
    const name = stringField(3, resource.name);
    return [fieldHead(2, version.length + any.length + name.length), version, any, name];
  };
  return {
    delta: ({ version, resources, typeUrl, nonce, removed }) => [
      stringField(1, version),
      ...resources.flatMap(deltaParts),
      joined([stringField(4, typeUrl), stringField(5, nonce)]),
      ...removed.map((name) => stringField(6, name)),
    ],
    sotw: ({ version, resources, typeUrl, nonce }) => [
      stringField(1, version),
      ...resources.map(chunk),
      joined([stringField(4, typeUrl), stringField(5, nonce)]),
    ],
    encodings: () => encodings,
  };
}
