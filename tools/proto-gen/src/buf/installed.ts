import { join } from 'node:path';

const modules = join(import.meta.dirname, '../../node_modules');

/** The packages that generated files depend on. */
export type Installed = '@bufbuild/buf' | '@bufbuild/protoc-gen-es' | '@grpc/grpc-js-xds';

/** Where an installed package lies. */
export function installed(name: Installed, ...path: string[]): string {
  return join(modules, name, ...path);
}
