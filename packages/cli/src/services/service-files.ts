import { existsSync } from 'node:fs';
import { hostFacts, loadAgentConfig } from '@chancery/config-files';
import type { ServiceRegistration } from '@chancery/model';

/** The services that files declare, or every mistake of every file, a line each. */
export function registrationsFromFiles(
  paths: readonly string[],
):
  | { readonly ok: true; readonly value: readonly ServiceRegistration[] }
  | { readonly ok: false; readonly message: string } {
  const unread = paths.find((path) => !existsSync(path));
  if (unread !== undefined) {
    const reason = `open ${unread}: no such file or directory`;
    return { ok: false, message: `Error: config: Open failed on ${unread}. ${reason}` };
  }
  const loaded = paths.map((path) =>
    loadAgentConfig({
      dev: true,
      paths: [path],
      fragments: [],
      flags: [],
      host: hostFacts(),
    }),
  );
  const lines = loaded.flatMap((each) => (each.ok ? [] : each.lines));
  if (lines.length > 0) return { ok: false, message: lines.join('\n') };
  const value = loaded.flatMap((each) => (each.ok ? each.config.services : []));
  if (value.length > 0) return { ok: true, value };
  return { ok: false, message: `${paths.join(', ')}: no service is declared there` };
}
