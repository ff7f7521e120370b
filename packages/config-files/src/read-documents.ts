import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { type ConfigFormat, type ParsedDocument, parseDocument } from './document.ts';

/** What was read of files and folders. */
export interface ReadDocuments {
  readonly documents: readonly ParsedDocument[];
  /** A line for each file of a folder that was left alone. */
  readonly notes: readonly string[];
}

/** How files are read. */
export interface ReadOptions {
  /** What every file is read as, whatever its name. */
  readonly format?: ConfigFormat | undefined;
  /** Whether they were read before. Pipes and devices are refused then: they give what they have only once, or never end. */
  readonly again?: boolean;
}

/**
 * Reads and parses files, and the `.hcl` and `.json` files of folders in the order of their names
 * (not of folders within them): what Consul does with `-config-file` and `-config-dir`. With a format,
 * every file is read as that. A file that is named twice is read once, where it is named last.
 */
export function readDocuments(paths: readonly string[], options: ReadOptions = {}): ReadDocuments {
  const notes: string[] = [];
  const found = configFiles(paths).filter((each) => {
    if (!each.inFolder || formatOf(each.path, options)) return true;
    notes.push(`skipping file ${each.path}: it is neither .hcl nor .json`);
    return false;
  });
  return { documents: found.map((each) => readFound(each, options)), notes };
}

/** Reads and parses one `.hcl` or `.json` file. */
export function readDocument(path: string, options: ReadOptions = {}): ParsedDocument {
  const known = formatOf(path, options);
  if (!known) {
    return {
      ok: false,
      lines: [
        `${path}: is neither .hcl nor .json: rename it after its format, or give -config-format`,
      ],
    };
  }
  try {
    const text = options.again ? textOfRegular(path) : readFileSync(path, 'utf8');
    if (text !== undefined) return parseDocument(path, text, known);
    return { ok: false, lines: [`${path}: ${onlyOnce}`] };
  } catch (error) {
    return unreadable(path, error);
  }
}

const onlyOnce =
  'is a pipe or a device, which is not read again: give a regular file, or start the agent again';

/** The text of a regular file; none of another, for whose text nobody can wait. */
function textOfRegular(path: string): string | undefined {
  // What a name stands for may change after it was looked at; a pipe without a writer is opened at once this way.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const kind = fstatSync(file);
    return kind.isFile() || kind.isDirectory() ? readFileSync(file, 'utf8') : undefined;
  } finally {
    closeSync(file);
  }
}

/** A file that configuration is read from. */
export interface ConfigFile {
  /** As it is told to people. */
  readonly path: string;
  readonly inFolder: boolean;
  /** Why it could not be looked at. */
  readonly failure?: unknown;
}

/** The files that paths stand for, in the order in which they count. */
export function configFiles(paths: readonly string[]): readonly ConfigFile[] {
  const found = paths.flatMap((path) => {
    try {
      return statSync(path).isDirectory() ? filesOf(path) : [{ path, inFolder: false }];
    } catch (failure) {
      return [{ path, inFolder: false, failure }];
    }
  });
  const last = new Map(found.map((file, at) => [identityOf(file), at]));
  return found.filter((file, at) => last.get(identityOf(file)) === at);
}

function filesOf(folder: string): ConfigFile[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ path: join(folder, name), inFolder: true }))
    .filter(({ path }) => !statSync(path, { throwIfNoEntry: false })?.isDirectory());
}

function identityOf({ path }: ConfigFile): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function readFound({ path, failure }: ConfigFile, options: ReadOptions): ParsedDocument {
  return failure === undefined ? readDocument(path, options) : unreadable(path, failure);
}

function formatOf(path: string, { format }: ReadOptions): ConfigFormat | undefined {
  if (format !== undefined) return format;
  return path.endsWith('.hcl') ? 'hcl' : path.endsWith('.json') ? 'json' : undefined;
}

function unreadable(path: string, error: unknown): ParsedDocument {
  return { ok: false, lines: [readFailure(path, error)] };
}

/** Why a file could not be read, as a line for people. */
export function readFailure(path: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or folder',
    EACCES: 'may not be read: permission denied',
    EISDIR: 'is a folder, not a file',
  };
  return `${path}: ${reasons[code ?? ''] ?? message}`;
}
