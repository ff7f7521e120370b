import { createFileRegistry, type FileRegistry, fromBinary } from '@bufbuild/protobuf';
import { base64Decode } from '@bufbuild/protobuf/wire';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import descriptorSet from '../gen/descriptor-set.json' with { type: 'json' };

let loaded: FileRegistry | undefined;

/**
 * Every message of Envoy's v3 configuration, for JSON in which an `Any` may hold any of them. Built on
 * first use (about 50 ms), so that nobody pays for it who has no JSON to read or to print.
 */
export function registry(): FileRegistry {
  loaded ??= createFileRegistry(fromBinary(FileDescriptorSetSchema, base64Decode(descriptorSet)));
  return loaded;
}
