export { readDocument, readDocuments } from './config-paths.ts';
export {
  type ConfigDocument,
  type ConfigFormat,
  issueLines,
  type ParsedDocument,
  parseDocument,
} from './document.ts';
export { type ConfigRequest, type LoadedConfig, loadAgentConfig } from './load-agent-config.ts';
