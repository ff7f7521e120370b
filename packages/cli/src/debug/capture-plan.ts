import { parseDuration } from '@chancery/model';
import type { Flags } from '../flags.ts';

/** What can be captured. */
export const targets = ['metrics', 'logs', 'pprof', 'host', 'agent', 'members'] as const;

/** One thing that can be captured. */
export type Target = (typeof targets)[number];

/** What is captured, how long and how often, and where it goes. Times in milliseconds. */
export interface CapturePlan {
  readonly durationMs: number;
  readonly intervalMs: number;
  readonly targets: readonly Target[];
  /** The folder that is filled; an archive of it has the same name and `.tar.gz`. */
  readonly folder: string;
  readonly archive: boolean;
}

/** A plan, or what is wrong with the flags. */
export type Planned =
  | { readonly ok: true; readonly plan: CapturePlan }
  | { readonly ok: false; readonly message: string };

const shortestDurationMs = 10_000;
const shortestIntervalMs = 5000;
const defaultDurationMs = 300_000;
const defaultIntervalMs = 30_000;

/** Reads what is to be captured. */
export function capturePlan(flags: Flags, now: Date): Planned {
  if (flags.given('since'))
    return refused('-since: an agent keeps nothing of the past: debug records from now on');
  const durationMs = milliseconds(flags, 'duration', defaultDurationMs);
  const intervalMs = milliseconds(flags, 'interval', defaultIntervalMs);
  if (durationMs === undefined) return refused(noDuration(flags, 'duration'));
  if (intervalMs === undefined) return refused(noDuration(flags, 'interval'));
  const times = mistakenTimes(durationMs, intervalMs);
  if (times !== undefined) return refused(times);
  const named = flags.list('capture').flatMap((each) => each.split(','));
  const unknown = named.find((each) => !targets.some((target) => target === each));
  if (unknown !== undefined) return refused(`target not found: ${unknown}`);
  const folder = flags.text('output') || `chancery-debug-${fileTime(now)}`;
  const archive = !flags.given('archive') || flags.on('archive');
  const chosen = targets.filter((target) => named.length === 0 || named.includes(target));
  return { ok: true, plan: { durationMs, intervalMs, targets: chosen, folder, archive } };
}

/** `2026-11-24T08-31-21Z`: a time in the name of a file. */
export function fileTime(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}

function refused(message: string): Planned {
  return { ok: false, message };
}

function milliseconds(flags: Flags, name: string, unset: number): number | undefined {
  const text = flags.text(name);
  return text === undefined ? unset : parseDuration(text);
}

function noDuration(flags: Flags, name: string): string {
  return `invalid value "${flags.text(name)}" for flag -${name}: it must be a duration such as 30s`;
}

function mistakenTimes(durationMs: number, intervalMs: number): string | undefined {
  if (durationMs < shortestDurationMs) return 'the duration must be 10s or longer';
  if (intervalMs < shortestIntervalMs) return 'the interval must be 5s or longer';
  return durationMs < intervalMs ? 'the duration must be longer than the interval' : undefined;
}
