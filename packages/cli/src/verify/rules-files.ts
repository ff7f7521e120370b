import { readFileSync } from 'node:fs';
import { systemReason } from '@chancery/client';
import { configFiles } from '@chancery/config-files';
import { type ParsedRules, parseRules } from '@chancery/verify';
import type { Io } from '../io.ts';

/** Reads the rules of files, of the `.hcl` and `.json` files of folders, and of `-`, standard input: all of them, or every mistake. */
export async function rulesFromFiles(paths: readonly string[], io: Io): Promise<ParsedRules> {
  const read: ParsedRules[] = [];
  for (const path of paths) {
    if (path === '-' && io.input !== undefined) read.push(parseRules('<stdin>', await io.input()));
    else read.push(...rulesAt(path));
  }
  const lines = read.flatMap((each) => (each.ok ? [] : each.lines));
  if (lines.length > 0) return { ok: false, lines };
  const assertions = read.flatMap((each) => (each.ok ? each.assertions : []));
  if (assertions.length > 0) return { ok: true, assertions };
  const none = `${paths.join(', ')}: no assertion: write assert { never = "web -> db" }`;
  return { ok: false, lines: [none] };
}

function rulesAt(path: string): readonly ParsedRules[] {
  return configFiles([path])
    .filter((file) => !file.inFolder || /\.(hcl|json)$/.test(file.path))
    .map((file) => {
      try {
        return parseRules(file.path, readFileSync(file.path, 'utf8'));
      } catch (error) {
        return { ok: false, lines: [`${file.path}: ${systemReason(error)}`] };
      }
    });
}
