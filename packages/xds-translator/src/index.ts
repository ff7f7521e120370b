export { checkCustomConfig } from './custom-config/check-custom-config.ts';
export { contentHash } from './encode-resource.ts';
export { type EnforcedRule, enforcedRule } from './enforced-rule.ts';
export type { Compiled, Diagnostic, Resource } from './resource.ts';
export {
  intentionsFilter,
  leafSecretName,
  localAppCluster,
  publicListenerName,
  rootsSecretName,
  upstreamListenerName,
} from './resource-names.ts';
export { type ResourceId, type ResourceOrigin, resourceOrigin } from './resource-origin.ts';
export { leafSecret, rootsSecret } from './secrets.ts';
export { createTranslator, type Translator, type TranslatorOptions } from './translator.ts';
export { type UpstreamWay, upstreamWay } from './upstream-way.ts';
