import { readFileSync } from 'node:fs';
import { type ConfigEntry, systemReason } from '@chancery/client';
import { issueLines, parseDocument } from '@chancery/config-files';
import { decodeConfigEntry, encodeConfigEntry } from '@chancery/model';
import type { Io } from '../io.ts';

/** An entry as the HTTP API takes it, or every mistake with its place. */
export type FileEntry =
  | { readonly ok: true; readonly entry: ConfigEntry }
  | { readonly ok: false; readonly message: string };

/** Reads the config entry of a file; `-` is standard input. */
export async function entryFromFile(path: string, io: Io): Promise<FileEntry> {
  const isInput = path === '-' && io.input !== undefined;
  try {
    const text = isInput ? await io.input() : readFileSync(path, 'utf8');
    return entryFromText(isInput ? '<stdin>' : path, text);
  } catch (error) {
    const reason = `open ${path}: ${systemReason(error)}`;
    return { ok: false, message: `Failed to load data: Failed to read file: ${reason}` };
  }
}

/** What begins with a brace is JSON: HCL cannot. */
function entryFromText(name: string, text: string): FileEntry {
  const parsed = parseDocument(name, text, text.trimStart().startsWith('{') ? 'json' : 'hcl');
  if (!parsed.ok) return refused(parsed.lines);
  const decoded = decodeConfigEntry(parsed.document.value, { casing: 'file' });
  if (!decoded.ok) return refused(issueLines(parsed.document, decoded.issues));
  return { ok: true, entry: encodeConfigEntry(decoded.value) as ConfigEntry };
}

function refused(lines: readonly string[]): FileEntry {
  const count = lines.length === 1 ? '1 error' : `${lines.length} errors`;
  const list = lines.map((line) => `\n\t* ${line}`).join('');
  const message = `Failed to decode config entry input: ${count} occurred:${list}`;
  return { ok: false, message };
}
