import { fromBinary, type JsonObject, toJson } from '@bufbuild/protobuf';
import { registry } from '@chancery/envoy-api';
import type { Compiled, Resource } from '../resource.ts';

/** The message of a resource, in the spelling of Envoy's documentation and config dump. */
export function readable(resource: Resource): JsonObject {
  const typeName = resource.typeUrl.slice(resource.typeUrl.lastIndexOf('/') + 1);
  const type = registry().getMessage(typeName);
  if (type === undefined) throw new Error(`${typeName} is not in the registry`);
  const options = { registry: registry(), useProtoFieldName: true };
  return toJson(type, fromBinary(type, resource.body), options) as JsonObject;
}

/** The messages of one type, by their short name such as `Listener`, sorted by name. */
export function readableOf(compiled: Compiled, type: string): readonly JsonObject[] {
  return compiled.resources
    .filter(({ typeUrl }) => typeUrl.endsWith(`.${type}`))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(readable);
}
