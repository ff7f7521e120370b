/** A point in time as messages carry it. */
export interface Timestamp {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** Milliseconds since 1970, or of a length of time. */
export function milliseconds({ seconds, nanos }: Timestamp): number {
  return Number(seconds) * 1000 + Math.trunc(nanos / 1_000_000);
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something takes or is ago, in one figure that a person can hold: `84 ms`, `12 s`, `3 h`. */
export function length(ms: number): string {
  if (ms < second) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 2 * minute) return `${Math.floor(ms / second)} s`;
  if (ms < 2 * hour) return `${Math.floor(ms / minute)} min`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}

/** How long ago something was, without fractions: what was just now changes no line every tenth of a second. */
export function age(at: Timestamp | undefined, now: number): string {
  if (at === undefined) return '−';
  return length(Math.max(0, Math.floor((now - milliseconds(at)) / second) * second)).replace(
    /^0 ms$/,
    'now',
  );
}

/** How long ago something was, as it stands in a sentence. */
export function ago(at: Timestamp | undefined, now: number): string {
  if (at === undefined) return '−';
  const since = age(at, now);
  return since === 'now' ? 'just now' : `${since} ago`;
}

/** How long it is until a point in time; `over` behind it. */
export function left(at: Timestamp | undefined, now: number): string {
  if (at === undefined) return '−';
  const ms = milliseconds(at) - now;
  return ms <= 0 ? 'over' : length(ms);
}

/** A point in time as people write it, in the time zone of this machine. */
export function clockTime(at: Timestamp | undefined): string {
  if (at === undefined) return '−';
  const date = new Date(milliseconds(at));
  const two = (part: number): string => String(part).padStart(2, '0');
  const days = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${days} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
