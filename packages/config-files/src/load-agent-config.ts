import {
  type AgentConfig,
  type DecodeAgentOptions,
  decodeAgentConfig,
  flagSources,
  formatIssue,
  type GivenFlag,
  type HostFacts,
  type Issue,
} from '@chancery/model';
import { type ConfigDocument, type ConfigFormat, issueLines, parseDocument } from './document.ts';
import { readDocuments } from './read-documents.ts';

/** Where the configuration of an agent comes from. */
export interface ConfigRequest {
  readonly dev: boolean;
  /** Files and folders, in the order in which they count. */
  readonly paths: readonly string[];
  /** What every file is read as, whatever its name. */
  readonly format?: ConfigFormat | undefined;
  /** Whether the files were read before; see `readDocuments`. */
  readonly again?: boolean;
  /** HCL texts given on the command line. */
  readonly fragments: readonly string[];
  readonly flags: readonly GivenFlag[];
  readonly host: HostFacts;
  /** Further mistakes in a service; see `decodeAgentConfig`. */
  readonly checkService?: NonNullable<DecodeAgentOptions['checkService']>;
}

/** The configuration, or every mistake of every file, a line each; warnings likewise. */
export type LoadedConfig =
  | { readonly ok: true; readonly config: AgentConfig; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly lines: readonly string[] };

/** Reads all sources of an agent's configuration. Files come first, then flags, then fragments; later ones win. */
export function loadAgentConfig(request: ConfigRequest): LoadedConfig {
  const { documents: files, notes } = readDocuments(request.paths, request);
  const fragments = request.fragments.map((text, at) => parseDocument(`-hcl[${at}]`, text, 'hcl'));
  const parsed = [...files, ...fragments];
  const unparsed = parsed.flatMap((each) => (each.ok ? [] : each.lines));
  const documents = parsed.flatMap((each) => (each.ok ? [each.document] : []));
  const sources = [
    ...files.flatMap((each) => (each.ok ? [each.document] : [])),
    ...flagSources(request.flags),
    ...fragments.flatMap((each) => (each.ok ? [each.document] : [])),
  ];
  const decoded = decodeAgentConfig(sources, request);
  if (decoded.ok && unparsed.length === 0) {
    return {
      ok: true,
      config: decoded.value,
      warnings: [...notes, ...linesAbout(decoded.warnings, documents)],
    };
  }
  const issues = decoded.ok ? [] : decoded.issues;
  return { ok: false, lines: [...unparsed, ...linesAbout(issues, documents)] };
}

/** First what stands in a document, document by document; then what was said by flags. */
function linesAbout(issues: readonly Issue[], documents: readonly ConfigDocument[]): string[] {
  const names = new Set(documents.map(({ name }) => name));
  return [
    ...documents.flatMap((document) =>
      issueLines(
        document,
        issues.filter(({ source }) => source === document.name),
      ),
    ),
    ...issues.filter(({ source }) => !names.has(source ?? '')).map((issue) => formatIssue(issue)),
  ];
}
