import { lasting, milliseconds, type Seconds } from '@chancery/mesh-api/calls';

export { milliseconds };

const second = 1000;

/** How long something takes or is ago, without fractions of seconds: what goes on changes no line every tenth of a second. */
export function length(ms: number): string {
  return lasting(ms < second ? ms : Math.floor(ms / second) * second);
}

/** How long ago something was, without fractions: what was just now changes no line every tenth of a second. */
export function age(at: Seconds | undefined, now: number): string {
  if (at === undefined) return '−';
  return length(Math.max(0, Math.floor((now - milliseconds(at)) / second) * second)).replace(
    /^0 ms$/,
    'now',
  );
}

/** How long ago something was, as it stands in a sentence. */
export function ago(at: Seconds | undefined, now: number): string {
  if (at === undefined) return '−';
  const since = age(at, now);
  return since === 'now' ? 'just now' : `${since} ago`;
}

/** How long it is until a point in time; `over` behind it. */
export function left(at: Seconds | undefined, now: number): string {
  if (at === undefined) return '−';
  const ms = milliseconds(at) - now;
  return ms <= 0 ? 'over' : length(ms);
}

/** A point in time as people write it, in the time zone of this machine. */
export function clockTime(at: Seconds | undefined): string {
  if (at === undefined) return '−';
  const date = new Date(milliseconds(at));
  const two = (part: number): string => String(part).padStart(2, '0');
  const days = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${days} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
