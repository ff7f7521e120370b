export { type MeshClient, meshClient } from './mesh-client.ts';
