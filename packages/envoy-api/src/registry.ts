import { createFileRegistry, type FileRegistry, fromBinary } from '@bufbuild/protobuf';
import { base64Decode } from '@bufbuild/protobuf/wire';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

let loading: Promise<FileRegistry> | undefined;

/**
 * Every message of Envoy's v3 configuration, for JSON in which an `Any` may hold any of them. Loaded on
 * first use (about 50 ms): nobody pays for it who has no JSON to read or to print.
 */
export function registry(): Promise<FileRegistry> {
  loading ??= load();
  return loading;
}

async function load(): Promise<FileRegistry> {
  const { descriptorSet } = await import('../gen/descriptor-set.ts');
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, base64Decode(descriptorSet)));
}
