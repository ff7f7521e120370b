export {
  type ConfigDocument,
  type ConfigFormat,
  issueLines,
  type ParsedDocument,
  parseDocument,
} from './document.ts';
export { type ConfigRequest, type LoadedConfig, loadAgentConfig } from './load-agent-config.ts';
export { readDocument, readDocuments } from './read-documents.ts';
