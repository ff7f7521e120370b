/** What one package may build on. Tests may in addition use `testing`, and whatever devDependencies they declare. */
export interface PackageRule {
  /** Packages of this workspace it may import, without the scope. */
  readonly packages: readonly string[];
  /** Third-party libraries it may import: each stands behind as few packages as possible. */
  readonly libraries?: readonly string[];
  /** Pure packages import no `node:*`, and read no clock, randomness, environment or console. */
  readonly pure?: boolean;
}

const protobuf = ['@bufbuild/protobuf'];

/**
 * The layering of the workspace, as an allow-list: an edge that is not listed is a violation. Arrows
 * go down only: apps, edges, xds-server | xds-translator, snapshot, the engines, store, foundations.
 */
export const rules: Readonly<Record<string, PackageRule>> = {
  // foundations
  hcl: { packages: [], pure: true },
  identity: { packages: [], pure: true },
  'envoy-api': { packages: [], libraries: protobuf, pure: true },
  model: { packages: [], pure: true },
  filter: { packages: [], libraries: ['re2js'], pure: true },
  // engines
  store: { packages: [], libraries: ['immutable'] },
  'store-lmdb': { packages: ['store'], libraries: ['lmdb'] },
  intentions: { packages: [], pure: true },
  catalog: { packages: ['store', 'model', 'identity'], pure: true },
  'config-entries': { packages: ['store', 'model', 'intentions'], pure: true },
  ca: { packages: ['identity'], libraries: ['@peculiar/x509', 'reflect-metadata'] },
  snapshot: {
    packages: ['store', 'model', 'identity', 'catalog', 'config-entries', 'intentions'],
    pure: true,
  },
  'xds-translator': {
    packages: ['envoy-api', 'identity', 'intentions', 'model', 'snapshot'],
    libraries: [...protobuf, '@noble/hashes'],
    pure: true,
  },
  'xds-server': { packages: ['envoy-api'], libraries: protobuf },
  explain: {
    packages: [
      'store',
      'model',
      'identity',
      'catalog',
      'config-entries',
      'intentions',
      'snapshot',
      'xds-translator',
    ],
    pure: true,
  },
  plan: {
    packages: [
      'envoy-api',
      'store',
      'model',
      'config-entries',
      'intentions',
      'snapshot',
      'xds-translator',
    ],
    libraries: [...protobuf, 'microdiff'],
    pure: true,
  },
  verify: {
    packages: ['hcl', 'store', 'model', 'catalog', 'config-entries', 'intentions'],
    pure: true,
  },
  // edges
  'http-api': {
    packages: ['store', 'model', 'identity', 'filter', 'catalog', 'config-entries', 'intentions'],
    libraries: ['find-my-way', 'quick-lru'],
  },
  'mesh-api': {
    packages: ['model', 'store', 'explain', 'plan', 'verify', 'client'],
    libraries: [...protobuf, '@connectrpc/connect', '@connectrpc/connect-node'],
  },
  'config-files': { packages: ['hcl', 'model'] },
  'health-checks': {
    packages: ['model'],
    libraries: [...protobuf, '@connectrpc/connect', '@connectrpc/connect-node'],
  },
  client: { packages: [] },
  'envoy-runner': { packages: ['model'] },
  'tcp-proxy': { packages: ['envoy-api'], libraries: protobuf },
  cli: {
    packages: [
      'client',
      'config-files',
      'envoy-runner',
      'filter',
      'mesh-api',
      'model',
      'tcp-proxy',
      'verify',
      'xds-translator',
    ],
    libraries: ['junit-report-builder', 'modern-tar'],
  },
  testing: {
    packages: ['client', 'envoy-runner', 'store'],
    libraries: ['@lydell/node-pty', '@xterm/headless'],
  },
  // apps
  agent: {
    packages: [
      'cli',
      'config-files',
      'model',
      'identity',
      'envoy-api',
      'store',
      'store-lmdb',
      'catalog',
      'config-entries',
      'intentions',
      'ca',
      'snapshot',
      'explain',
      'filter',
      'plan',
      'verify',
      'xds-translator',
      'xds-server',
      'http-api',
      'mesh-api',
      'health-checks',
    ],
    libraries: ['pino', 'prom-client', 'rotating-file-stream'],
  },
  status: {
    packages: ['cli', 'mesh-api'],
    libraries: [...protobuf, 'ink', 'react', 'string-width'],
  },
  quickstart: { packages: ['envoy-runner', 'testing'] },
  // tools
  checks: { packages: [], libraries: ['oxc-parser', 'publint'] },
  'proto-gen': { packages: [] },
  oracle: { packages: ['testing'] },
  compatibility: { packages: ['http-api', 'testing'] },
  configuration: { packages: ['model', 'testing'] },
  bench: { packages: ['client', 'envoy-api', 'testing', 'xds-server'], libraries: protobuf },
};
