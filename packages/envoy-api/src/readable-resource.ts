import { fromBinary, type JsonObject, toJson } from '@bufbuild/protobuf';
import { registry } from './registry.ts';
import { withoutSecrets } from './without-secrets.ts';

/**
 * The message of a resource in the spelling of Envoy's documentation and config dump, with `[secret]` in place
 * of what Envoy's own dump leaves out: keys, passwords and the like.
 *
 * @throws Error for an unknown type, and for bytes that are no message of it.
 */
export function readableResource({
  typeUrl,
  body,
}: {
  readonly typeUrl: string;
  readonly body: Uint8Array;
}): JsonObject {
  const typeName = typeUrl.slice(typeUrl.lastIndexOf('/') + 1);
  const type = registry().getMessage(typeName);
  if (type === undefined) throw new Error(`${typeName} is not in the registry`);
  const options = { registry: registry(), useProtoFieldName: true };
  return withoutSecrets(type, toJson(type, fromBinary(type, body), options) as JsonObject);
}
