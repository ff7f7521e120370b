import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, parseHcl, parseJson, positionOf, toValue } from '@chancery/hcl';
import { type ConfigEntry, decodeConfigEntry, formatIssue, type Issue } from '@chancery/model';
import { configFiles, readFailure } from './read-documents.ts';

/** A config entry, and where it was read. */
export interface FileEntry {
  readonly entry: ConfigEntry;
  /** `db.hcl`, or `all.json:12:3` where a file holds several. */
  readonly origin: string;
}

/** The entries of some files, or every mistake in them, a line each. */
export type FileEntries =
  | {
      readonly ok: true;
      readonly entries: readonly FileEntry[];
      /** A line for each thing in a folder that was left alone. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly lines: readonly string[] };

/**
 * Reads config entries from files and from the `.hcl` and `.json` files of folders. A file holds one entry, as
 * `config write` takes it, a JSON list of entries, or entries as an agent's configuration begins with them:
 * `config_entries { bootstrap = [...] }`. `input` is the text that the path `-` stands for.
 */
export function readEntries(paths: readonly string[], input?: string): FileEntries {
  const files = configFiles(paths.filter((path) => path !== '-'));
  const read = [
    ...(paths.includes('-') ? [entriesOfText('<stdin>', input ?? '')] : []),
    ...files
      .filter(({ path, inFolder }) => !inFolder || isEntryFile(path))
      .map(({ path, failure }) => entriesOfFile(path, failure)),
  ];
  const lines = [
    ...read.flatMap((each) => (each.ok ? [] : each.lines)),
    ...paths
      .filter(isWithoutEntries)
      .map((path) => `${path}: no .hcl or .json file is in this folder`),
  ];
  if (lines.length > 0) return { ok: false, lines };
  const skipped = files
    .filter(({ path, inFolder }) => inFolder && !isEntryFile(path))
    .map(({ path }) => `skipping file ${path}: it is neither .hcl nor .json`);
  return {
    ok: true,
    entries: read.flatMap((each) => (each.ok ? each.entries : [])),
    notes: [...skipped, ...paths.flatMap(foldersIn)],
  };
}

function isEntryFile(path: string): boolean {
  return /\.(hcl|json)$/.test(path);
}

/** A folder that has nothing to read is more likely the wrong one than meant. */
function isWithoutEntries(path: string): boolean {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder && !readdirSync(path).some(isEntryFile);
}

/** Folders within a folder are not read, and whoever keeps entries there should hear of it. */
function foldersIn(path: string): readonly string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map(({ name }) => `skipping folder ${join(path, name)}: folders within a folder are not read`);
}

function entriesOfFile(path: string, failure: unknown): FileEntries {
  if (failure !== undefined) return { ok: false, lines: [readFailure(path, failure)] };
  try {
    return entriesOfText(path, readFileSync(path, 'utf8'));
  } catch (error) {
    return { ok: false, lines: [readFailure(path, error)] };
  }
}

/** A text that was parsed, with the lines that were put before it to parse it. */
interface ParsedText {
  readonly name: string;
  readonly document: Document;
  readonly linesBefore: number;
}

/** Reads the entries of one text; `name` is what its mistakes are said to stand in. */
export function entriesOfText(name: string, text: string): FileEntries {
  const isList = text.trimStart().startsWith('[');
  const linesBefore = isList ? 1 : 0;
  const parsed = isList
    ? parseJson(`{"entries":\n${text}\n}`)
    : /^\s*\{/.test(text) || name.endsWith('.json')
      ? parseJson(text)
      : parseHcl(text);
  if (!parsed.ok) {
    const lines = parsed.errors.map(
      ({ line, column, message }) => `${name}:${line - linesBefore}:${column}: ${message}`,
    );
    return { ok: false, lines };
  }
  return entriesOf({ name, document: parsed.document, linesBefore }, isList);
}

/** A place in a document, and what stands there. */
interface Placed {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

function entriesOf(text: ParsedText, isList: boolean): FileEntries {
  const value = toValue(text.document);
  const bootstrap = Object.entries(value).filter(([key]) => isNamed(key, 'config_entries'));
  const several = isList
    ? listed(['entries'], value['entries'])
    : bootstrap.flatMap(([key, block]) => bootstrapEntries([key], block));
  if (!isList && bootstrap.length === 0) return entryAt(text, { path: [], value }, text.name);
  const read = several.map((placed) => entryAt(text, placed, place(text, placed.path)));
  const lines = read.flatMap((each) => (each.ok ? [] : each.lines));
  if (lines.length > 0) return { ok: false, lines };
  const others = Object.keys(value).filter((key) => !isList && !isNamed(key, 'config_entries'));
  const notes = others.map(
    (key) => `${text.name}: ${key} is no matter of config entries, so it is left alone`,
  );
  return { ok: true, entries: read.flatMap((each) => (each.ok ? each.entries : [])), notes };
}

/** Keys match whatever their case and underscores, as everywhere in configuration files. */
function isNamed(key: string, name: string): boolean {
  const folded = (text: string): string => text.replaceAll('_', '').toLowerCase();
  return folded(key) === folded(name);
}

function bootstrapEntries(path: Placed['path'], block: unknown): readonly Placed[] {
  return listed(path, block).flatMap(({ path: at, value }) =>
    Object.entries(isObject(value) ? value : {})
      .filter(([key]) => isNamed(key, 'bootstrap'))
      .flatMap(([key, list]) => listed([...at, key], list)),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One block stands for a list of one. */
function listed(path: Placed['path'], value: unknown): readonly Placed[] {
  if (!Array.isArray(value)) return [{ path, value }];
  return value.map((item: unknown, at) => ({ path: [...path, at], value: item }));
}

const exampleKind = 'Kind = "service-intentions" with a Name and Sources';

function entryAt(text: ParsedText, { path, value }: Placed, origin: string): FileEntries {
  if (isObject(value) && !Object.keys(value).some((key) => isNamed(key, 'kind'))) {
    const { line, column } = positionOf(text.document, path);
    const at = `${text.name}:${line - text.linesBefore}:${column}`;
    return {
      ok: false,
      lines: [`${at}: this is no config entry: Kind is missing, such as ${exampleKind}`],
    };
  }
  const decoded = decodeConfigEntry(value, { casing: 'file' });
  if (!decoded.ok) return { ok: false, lines: mistakes(text, path, decoded.issues) };
  return { ok: true, entries: [{ entry: decoded.value, origin }], notes: [] };
}

function mistakes(text: ParsedText, path: Placed['path'], issues: readonly Issue[]): string[] {
  return issues
    .map((issue) => {
      const at = issue.code === 'unknown-key' ? 'key' : 'value';
      const position = positionOf(text.document, [...path, ...issue.path], { at });
      return { issue, position: { ...position, line: position.line - text.linesBefore } };
    })
    .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .map(({ issue, position }) => formatIssue(issue, { name: text.name, ...position }));
}

function place({ name, document, linesBefore }: ParsedText, path: Placed['path']): string {
  const { line, column } = positionOf(document, path);
  return `${name}:${line - linesBefore}:${column}`;
}
