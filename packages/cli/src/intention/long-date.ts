/** `Monday, 23-Nov-26 15:23:25 UTC`: RFC 850 in this machine's time zone, as Consul prints times. */
export function longDate(iso: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: '2-digit',
    month: 'short',
    year: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone !== undefined && { timeZone }),
  });
  const parts = new Map(
    format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const day = `${part('day')}-${part('month').slice(0, 3)}-${part('year')}`;
  const time = `${part('hour')}:${part('minute')}:${part('second')}`;
  return `${part('weekday')}, ${day} ${time} ${part('timeZoneName')}`;
}
