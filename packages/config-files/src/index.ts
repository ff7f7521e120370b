export { type FilesState, filesState, type WatchOptions, watchFiles } from './config-watch.ts';
export {
  type ConfigDocument,
  type ConfigFormat,
  issueLines,
  type ParsedDocument,
  parseDocument,
} from './document.ts';
export { entriesOfText, type FileEntries, type FileEntry, readEntries } from './entry-files.ts';
export { hostFacts } from './host-facts.ts';
export { type ConfigRequest, type LoadedConfig, loadAgentConfig } from './load-agent-config.ts';
export {
  configFiles,
  type ReadDocuments,
  type ReadOptions,
  readDocument,
  readDocuments,
} from './read-documents.ts';
