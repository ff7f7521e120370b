import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigFormat, type ParsedDocument, parseDocument } from './document.ts';

/**
 * Reads and parses files, and the `.hcl` and `.json` files of folders in the order of their names
 * (not of folders within them): what Consul does with `-config-file` and `-config-dir`.
 */
export function readDocuments(paths: readonly string[]): ParsedDocument[] {
  return paths.flatMap((path) => {
    try {
      return statSync(path).isDirectory() ? readFolder(path) : [readDocument(path)];
    } catch (error) {
      return [unreadable(path, error)];
    }
  });
}

/** Reads and parses one `.hcl` or `.json` file. */
export function readDocument(path: string): ParsedDocument {
  const format = formatOf(path);
  if (!format) {
    return { ok: false, lines: [`${path}: is neither .hcl nor .json: rename it after its format`] };
  }
  try {
    return parseDocument(path, readFileSync(path, 'utf8'), format);
  } catch (error) {
    return unreadable(path, error);
  }
}

function readFolder(folder: string): ParsedDocument[] {
  return readdirSync(folder)
    .filter((name) => formatOf(name))
    .sort()
    .map((name) => readDocument(join(folder, name)));
}

function formatOf(path: string): ConfigFormat | undefined {
  return path.endsWith('.hcl') ? 'hcl' : path.endsWith('.json') ? 'json' : undefined;
}

function unreadable(path: string, error: unknown): ParsedDocument {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or folder',
    EACCES: 'may not be read: permission denied',
    EISDIR: 'is a folder, not a file',
  };
  return { ok: false, lines: [`${path}: ${reasons[code ?? ''] ?? message}`] };
}
