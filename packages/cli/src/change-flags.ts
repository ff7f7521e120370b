import type { Flag, Flags } from './flags.ts';

/** The flag of every command that changes something. */
export const reasonFlag: Flag = {
  name: 'reason',
  kind: 'text',
  value: 'words',
  about: 'Why: stands in the history beside the change.',
};

/** The flags of a command whose change reaches the proxies. */
export const waitFlags: readonly Flag[] = [
  {
    name: 'wait',
    kind: 'switch',
    about:
      'Return when every proxy that the change concerns has acknowledged it, with 3 if one does not in time.',
  },
  {
    name: 'wait-timeout',
    kind: 'text',
    value: 'duration',
    about: 'How long to wait at most, such as 30s; 10s unless given, 10m at most.',
  },
];

const standardMs = 10_000;
const longestMs = 600_000;

/** How long to wait for the proxies; not at all where `-wait` is not given. */
export type Waiting =
  | { readonly ok: true; readonly timeoutMs?: number }
  | { readonly ok: false; readonly message: string };

/** Reads the flags about waiting, before anything is changed. */
export async function waitingOf(flags: Flags): Promise<Waiting> {
  const text = flags.text('wait-timeout');
  if (!flags.on('wait')) {
    return text === undefined
      ? { ok: true }
      : { ok: false, message: '-wait-timeout says how long -wait is to wait: it needs -wait' };
  }
  if (text === undefined) return { ok: true, timeoutMs: standardMs };
  const { parseDuration } = await import('@chancery/model');
  const timeoutMs = parseDuration(text);
  if (timeoutMs !== undefined && timeoutMs > 0 && timeoutMs <= longestMs) {
    return { ok: true, timeoutMs };
  }
  const message = `invalid value "${text}" for flag -wait-timeout: it must be a duration of up to 10m, such as 30s`;
  return { ok: false, message };
}
