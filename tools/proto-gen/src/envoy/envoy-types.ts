import { join } from 'node:path';
import type { GeneratedSet } from '../generated-set.ts';
import { stampOf } from '../stamp.ts';

const sources = join(import.meta.dirname, '..');
const envoyApi = join(sources, '../../../packages/envoy-api');

/** The modules of `@chancery/envoy-api`: made of the protos inside an installed package. */
export const envoyTypes: GeneratedSet = {
  name: "Envoy's types",
  output: join(envoyApi, 'gen'),
  scratch: join(envoyApi, 'node_modules'),
  wanted: () =>
    stampOf({
      packages: ['@bufbuild/buf', '@bufbuild/protoc-gen-es', '@grpc/grpc-js-xds'],
      folders: [import.meta.dirname],
    }),
  make: async (work) => (await import('./generate-envoy.ts')).generateEnvoy(work),
};
