export { connectMesh, type MeshConnectionOptions } from './connect-mesh.ts';
export { type MeshClient, meshClient } from './mesh-client.ts';
export { messageJson } from './message-json.ts';
export { plainValue } from './plain-value.ts';
