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
  const first = remembered(1);
  const third = remembered(3);
  const fourth = remembered(4);
  const deltaParts = (resource: Resource): readonly Uint8Array[] => {
    const [version, any, name] = [first(resource.hash), chunk(resource), third(resource.name)];
    return [fieldHead(2, version.length + any.length + name.length), version, any, name];
  };
  return {
    delta: ({ version, resources, typeUrl, nonce, removed }) => [
      first(version),
      ...resources.flatMap(deltaParts),
      fourth(typeUrl),
      stringField(5, nonce),
      ...removed.map((name) => stringField(6, name)),
    ],
    sotw: ({ version, resources, typeUrl, nonce }) => [
      first(version),
      ...resources.map(chunk),
      fourth(typeUrl),
      stringField(5, nonce),
    ],
    encodings: () => encodings,
  };
}

/** Texts that are remembered at most; the names and versions of what is being sent now. */
const rememberedTexts = 1024;

/** A string field that the responses to many streams have in common is encoded for the first of them. */
function remembered(number: number): (text: string) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (text) => {
    const there = known.get(text);
    if (there !== undefined) return there;
    if (known.size >= rememberedTexts) known.clear();
    const encoded = stringField(number, text);
    known.set(text, encoded);
    return encoded;
  };
}
