export { readDocument, readDocuments } from './config-paths.ts';
export {
  type ConfigDocument,
  type ConfigFormat,
  issueLine,
  type ParsedDocument,
  parseDocument,
} from './document.ts';
export { type ConfigRequest, type LoadedConfig, loadAgentConfig } from './load-agent-config.ts';
