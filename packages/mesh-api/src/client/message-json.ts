import { type DescMessage, type JsonValue, type MessageShape, toJson } from '@bufbuild/protobuf';

/** A message as JSON, with every field: what `curl` gets. */
export function messageJson<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
): JsonValue {
  return toJson(schema, message, { alwaysEmitImplicit: true });
}
