export type { LocalChecks, ReportedVerdict } from './agent/local-checks.ts';
export type { CaSettings, CertificateAuthority } from './certificate-authority.ts';
export { createHttpApi, type HttpApi } from './create-http-api.ts';
export type {
  AppliedRevision,
  HttpApiDependencies,
  IssuedLeaf,
  LocalNode,
  Log,
  PublicRoot,
  PublicRoots,
} from './dependencies.ts';
export { agentService } from './json/service-json.ts';
export { type NotBuilt, notBuilt } from './not-built.ts';
export { type GuardedHeaders, ownNames, type PageRefusal, pageRefusal } from './request/guard.ts';
export type { Method, Route } from './route.ts';
export { routes } from './routes.ts';
export {
  type AnsweredRequest,
  type ApiMetrics,
  type LogLevel,
  logLevels,
  type Monitor,
} from './telemetry.ts';
