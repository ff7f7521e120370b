import { type Document, parseHcl, parseJson, positionOf, toValue } from '@chancery/hcl';
import { formatIssue, type Issue } from '@chancery/model';

/** A configuration text that was understood as HCL or JSON. */
export interface ConfigDocument {
  /** What its mistakes are said to stand in: the path as the user gave it. */
  readonly name: string;
  readonly document: Document;
  readonly value: unknown;
}

/** A document, or its syntax errors as lines for people. */
export type ParsedDocument =
  | { readonly ok: true; readonly document: ConfigDocument }
  | { readonly ok: false; readonly lines: readonly string[] };

/** How a configuration text is written. */
export type ConfigFormat = 'hcl' | 'json';

/** Parses a configuration text; one without a character says nothing. */
export function parseDocument(name: string, text: string, format: ConfigFormat): ParsedDocument {
  const parsed = format === 'json' ? parseJson(text.trim() === '' ? '{}' : text) : parseHcl(text);
  if (parsed.ok) {
    const { document } = parsed;
    return { ok: true, document: { name, document, value: toValue(document) } };
  }
  const lines = parsed.errors.map(
    ({ line, column, message }) => `${name}:${line}:${column}: ${message}`,
  );
  return { ok: false, lines };
}

/** Issues of a document as lines, in the order in which they stand there: `envoy_demo.hcl:7:9: services[0].port: expected …`. */
export function issueLines({ name, document }: ConfigDocument, issues: readonly Issue[]): string[] {
  return issues
    .map((issue) => {
      const at = issue.code === 'unknown-key' ? 'key' : 'value';
      return { issue, position: positionOf(document, issue.path, { at }) };
    })
    .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .map(({ issue, position }) => formatIssue(issue, { name, ...position }));
}
