export { checkCustomConfig } from './custom-config/check-custom-config.ts';
export { contentHash } from './encode-resource.ts';
export type { Compiled, Diagnostic, Resource } from './resource.ts';
export {
  intentionsFilter,
  leafSecretName,
  localAppCluster,
  publicListenerName,
  rootsSecretName,
  upstreamListenerName,
} from './resource-names.ts';
export { leafSecret, rootsSecret } from './secrets.ts';
export { createTranslator, type Translator, type TranslatorOptions } from './translator.ts';
