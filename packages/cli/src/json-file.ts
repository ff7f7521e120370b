import { readFileSync } from 'node:fs';
import { type OpaqueObject, systemReason } from '@chancery/client';
import { parseDocument } from '@chancery/config-files';

/** The JSON object of a file, or what is wrong with it. */
export type JsonFile =
  | { readonly ok: true; readonly value: OpaqueObject }
  | { readonly ok: false; readonly read: boolean; readonly problem: string };

/** Reads one JSON object; `read` tells whether there was something to parse. */
export function jsonFile(path: string): JsonFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { ok: false, read: false, problem: `open ${path}: ${systemReason(error)}` };
  }
  const parsed = parseDocument(path, text, 'json');
  if (parsed.ok) return { ok: true, value: parsed.document.value as OpaqueObject };
  return { ok: false, read: true, problem: parsed.lines.join('\n') };
}
