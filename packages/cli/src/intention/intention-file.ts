import { readFileSync } from 'node:fs';
import type { NewIntention } from '@chancery/client';
import { suggest } from '@chancery/model';

const keys = ['SourceName', 'DestinationName', 'SourceType', 'Action', 'Description', 'Meta'];
const defaults = ['SourceNS', 'DestinationNS', 'SourcePartition', 'DestinationPartition'];

type Read =
  | { readonly ok: true; readonly value: readonly NewIntention[] }
  | { readonly ok: false; readonly message: string };

/** Reads one intention from each JSON file, or says which file is wrong and why. */
export function intentionsFromFiles(paths: readonly string[]): Read {
  const value: NewIntention[] = [];
  for (const path of paths) {
    const read = intentionFromFile(path);
    if (typeof read === 'string') return { ok: false, message: read };
    value.push(read);
  }
  return { ok: true, value };
}

function intentionFromFile(path: string): NewIntention | string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return `Error: ${reason(error, path)}`;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return `Error: ${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (hasPermissions(json)) {
    return `Error: cannot create L7 intention from file "${path}" using this CLI; use 'chancery config write' instead`;
  }
  const problem = mistake(json);
  return problem === undefined ? (json as NewIntention) : `Error: ${path}: ${problem}`;
}

function mistake(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return 'must be one JSON object';
  }
  const entry = json as Entry;
  return mistakenKey(entry) ?? mistakenValue(entry);
}

function hasPermissions(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'Permissions' in json;
}

type Entry = Readonly<Partial<Record<string, unknown>>>;

function mistakenKey(entry: Entry): string | undefined {
  const unknown = Object.keys(entry).find((key) => ![...keys, ...defaults].includes(key));
  return unknown === undefined ? undefined : unknownKey(unknown);
}

function mistakenValue(entry: Entry): string | undefined {
  const foreign = defaults.find(
    (key) => ![undefined, '', 'default'].includes(entry[key] as string),
  );
  if (foreign !== undefined) return `${foreign}: only "default" exists here`;
  const nameless = ['SourceName', 'DestinationName'].find((key) => !isFilled(entry[key]));
  if (nameless !== undefined) return `${nameless}: must be set`;
  const { Action, Meta } = entry as { readonly Action?: unknown; readonly Meta?: unknown };
  if (Action !== 'allow' && Action !== 'deny') return "Action: must be 'allow' or 'deny'";
  return Meta === undefined || isStrings(Meta) ? undefined : 'Meta: must be an object of strings';
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function unknownKey(key: string): string {
  const hint = suggest(key, keys);
  return `unknown key ${key}${hint === undefined ? '' : `: did you mean ${hint}?`}`;
}

function isStrings(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => typeof each === 'string')
  );
}

function reason(error: unknown, path: string): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return `open ${path}: no such file or directory`;
  return error instanceof Error ? error.message : String(error);
}
