import { join } from 'node:path';
import type { GeneratedSet } from '../generated-set.ts';
import { stampOf } from '../stamp.ts';

const meshApi = join(import.meta.dirname, '../../../../packages/mesh-api');
const protos = join(meshApi, 'proto');

/** The modules of `@chancery/mesh-api`: made of the protos in that package. */
export const meshTypes: GeneratedSet = {
  name: 'the types of the mesh API',
  output: join(meshApi, 'gen'),
  scratch: join(meshApi, 'node_modules'),
  wanted: () =>
    stampOf({
      packages: ['@bufbuild/buf', '@bufbuild/protoc-gen-es'],
      folders: [import.meta.dirname, protos],
    }),
  make: async (work) => {
    const { runBuf, typescriptTemplate } = await import('../buf/run-buf.ts');
    await runBuf(work, 'generate', '--template', typescriptTemplate({ directory: protos }));
  },
};
