export type {
  ConnectionQuestion,
  EnforcingProxy,
  ExplainedConnection,
  ExplainedEndpoint,
  ExplainedUpstream,
  ResourceStanding,
} from './explanation.ts';
