export {
  type AgentOptions,
  type AgentPorts,
  type AgentUnderTest,
  agentEnvironment,
  agentUnderTest,
} from './agent-under-test.ts';
export type { BuiltinSidecar, BuiltinSidecarOptions } from './builtin-sidecar.ts';
export { builtConsul, consulBinary, consulVersion } from './consul-binary.ts';
export {
  type BuiltinMeshOptions,
  type DemoMesh,
  type DemoMeshOptions,
  demoMesh,
  type EnvoyMeshOptions,
  type Instance,
  type Source,
} from './demo-mesh.ts';
export { type Dialled, dial, type Exchange, talk, type Verdict } from './dial.ts';
export { type EchoOptions, type EchoService, echoService } from './echo-service.ts';
export { type EnvoyAdmin, envoyAdmin } from './envoy-admin.ts';
export { envoyBinary } from './envoy-binary.ts';
export type { EnvoySidecar, EnvoySidecarOptions } from './envoy-sidecar.ts';
export { freePorts, isFree } from './free-ports.ts';
export { checkout, type LabProgram, labAgent, labCli } from './lab-programs.ts';
export { type LiveHeap, liveHeap } from './live-heap.ts';
export { type Program, type ProgramOptions, runToEnd, startProgram } from './program.ts';
export { type Plane, type Sidecar, type SidecarOptions, sidecar } from './sidecar.ts';
export { steadyAnswer, toldHeaders } from './steady-answer.ts';
export { memoryStore, StoreUnderTest } from './store-under-test.ts';
export { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';
export { type Became, type UntilOptions, until } from './until.ts';
