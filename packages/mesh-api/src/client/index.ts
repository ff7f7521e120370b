export { type MeshClient, meshClient } from './mesh-client.ts';
export { plainValue } from './plain-value.ts';
