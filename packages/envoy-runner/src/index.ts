export { bootstrap } from './bootstrap.ts';
export type { BootstrapAgent, BootstrapNode, BootstrapOptions } from './bootstrap-options.ts';
export { dataHome, installedEnvoy, knownGoodVersion } from './data-home.ts';
export { envoyVersion } from './envoy-version.ts';
export { type EnvoyOrigin, type EnvoyPlaces, type EnvoySearch, findEnvoy } from './find-envoy.ts';
export { type Installation, type InstallOptions, installEnvoy } from './install-envoy.ts';
export { resolveAddress } from './resolve-address.ts';
export { type RunOptions, runEnvoy } from './run-envoy.ts';
export type { SocketAddress } from './socket-address.ts';
