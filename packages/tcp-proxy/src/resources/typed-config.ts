import { type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf';
import type { Any } from '@bufbuild/protobuf/wkt';
import { typeUrlOf } from '@chancery/envoy-api';
import { type Reading, refuse } from './reading.ts';

/** Decodes a message; bytes that are none are refused. */
export function decode<Desc extends DescMessage>(
  at: Reading,
  schema: Desc,
  bytes: Uint8Array,
): MessageShape<Desc> | undefined {
  try {
    return fromBinary(schema, bytes);
  } catch {
    return refuse(at, `is no ${schema.typeName}`);
  }
}

/** Takes a message of an expected type out of its envelope. */
export function unpack<Desc extends DescMessage>(
  at: Reading,
  schema: Desc,
  any: Any | undefined,
): MessageShape<Desc> | undefined {
  if (any?.typeUrl !== typeUrlOf(schema)) return refuseType(at, any?.typeUrl ?? '');
  return decode(at, schema, any.value);
}

/** Refuses what is of a type that this proxy does not know. */
export function refuseType(at: Reading, typeUrl: string): undefined {
  const name = typeUrl.slice(typeUrl.lastIndexOf('/') + 1);
  return refuse(at, `${name || 'nothing'} is not supported by the built-in proxy`);
}
