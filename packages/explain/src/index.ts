export { effectInWords, formatIntention, requestInWords } from '@chancery/intentions';
export { explainConnection, explainSteps } from './explain-connection.ts';
export type { ExplainedMesh } from './explained-mesh.ts';
export type {
  ConnectionQuestion,
  EnforcingProxy,
  ExplainedConnection,
  ExplainedEndpoint,
  ExplainedUpstream,
  ResourceStanding,
} from './explanation.ts';
