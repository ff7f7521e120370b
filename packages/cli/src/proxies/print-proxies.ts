import { lasting, milliseconds, typeNames } from '@chancery/mesh-api/calls';
import { type Proxy as MeshProxy, type ProxyType, SyncState } from '@chancery/mesh-api/v1/proxies';
import type { Io } from '../io.ts';
import { columns } from '../output/columns.ts';
import { folded } from '../output/folded.ts';
import { visibleLine } from '../output/visible-text.ts';
import { problemLines, rejectionLines } from './rejection-lines.ts';
import { pendingFor, stateCell, stateWord } from './states.ts';

/** How wide a line may be where nobody says how wide the terminal is. */
const usualWidth = 80;

/** Prints proxies: one that was asked for with all that is known of it, several as a table. */
export function printProxies(io: Io, proxies: readonly MeshProxy[], isAsked: boolean): void {
  const now = Date.now();
  const [first] = proxies;
  const width = io.width ?? usualWidth;
  if (isAsked && first !== undefined && proxies.length === 1) {
    io.out(folded(details(first, now).join('\n'), width));
  } else io.out(overview(proxies, { now, width }).join('\n'));
}

/** A row of the table stays whole, for who searches it; what is said of a proxy is folded. */
function overview(
  proxies: readonly MeshProxy[],
  { now, width }: { readonly now: number; readonly width: number },
): readonly string[] {
  if (proxies.length === 0) return ['No proxy is registered, and none is connected.'];
  const widest = Math.max('Proxy'.length, ...proxies.map(({ id }) => visibleLine(id).length));
  const titles = ['Proxy'.padEnd(widest), ...typeNames.map((name) => name.toUpperCase())];
  const notes = proxies.flatMap((proxy) => {
    const lines = [...pendingLines(proxy), ...rejectionLines(proxy, now), ...problemLines(proxy)];
    return lines.length === 0 ? [] : ['', proxy.id, ...lines.map((line) => `  ${line}`)];
  });
  const connected = proxies.filter(({ streams }) => streams > 0);
  const absent = proxies.filter(({ streams }) => streams === 0);
  const rows = connected.map(({ id, types }) => [id, ...types.map(stateCell)]);
  return [
    ...(rows.length === 0 ? [] : [columns([titles, ...rows])]),
    ...absent.map(({ id }) => `${visibleLine(id).padEnd(widest)}  not connected`),
    ...notes.map((line) => folded(line, width)),
    '',
    sums(proxies),
  ];
}

function pendingLines({ types }: MeshProxy): readonly string[] {
  return types
    .filter(({ state }) => state === SyncState.PENDING)
    .map((type) => `It has not acknowledged ${type.type} for ${pendingFor(type)}`);
}

function sums(proxies: readonly MeshProxy[]): string {
  const connected = proxies.filter(({ streams }) => streams > 0);
  const inState = (wanted: SyncState) =>
    connected.filter(({ types }) => types.some(({ state }) => state === wanted)).length;
  const [rejected, pending] = [inState(SyncState.REJECTED), inState(SyncState.PENDING)];
  return [
    proxies.length === 1 ? '1 proxy' : `${proxies.length} proxies`,
    `${connected.length} connected`,
    ...(rejected === 0 ? [] : [`${rejected} with something refused`]),
    ...(pending === 0 ? [] : [`${pending} with something pending`]),
  ].join(', ');
}

function details(proxy: MeshProxy, now: number): readonly string[] {
  const notes = [...rejectionLines(proxy, now), ...problemLines(proxy)];
  return [
    columns(facts(proxy, now)),
    '',
    columns([
      ['Type', 'State', 'Resources', 'Sent', 'Acknowledged', 'Last ack'],
      ...proxy.types.map((type) => typeRow(type, now)),
    ]),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ];
}

function facts(proxy: MeshProxy, now: number): readonly (readonly string[])[] {
  const { id, service, node, streams, streamSince, userAgent, certificateExpiresAt: end } = proxy;
  const since = streamSince && ` for ${lasting(now - milliseconds(streamSince))}`;
  const left = end && milliseconds(end) - now;
  const certificate = left && (left > 0 ? `ends in ${lasting(left)}` : 'has ended');
  const revision = `built from ${proxy.builtRevision}, acknowledged ${proxy.acknowledgedRevision}`;
  return [
    ['Proxy', id],
    ['Service', service || 'none: it is not registered'],
    ...(node === '' ? [] : [['Node', node]]),
    ['Connected', streams === 0 ? 'no' : streams === 1 ? `yes,${since}` : `${streams} streams`],
    ...(userAgent === '' ? [] : [['Client', userAgent]]),
    ...(certificate ? [['Certificate', certificate]] : []),
    ...(streams === 0 ? [] : [['Revision', revision]]),
  ];
}

function typeRow(type: ProxyType, now: number): readonly string[] {
  const { state, resources, versionSent, versionAcknowledged, acknowledgedAt } = type;
  if (state === SyncState.NOT_SUBSCRIBED) return [type.type, stateWord(state)];
  const age = acknowledgedAt && lasting(now - milliseconds(acknowledgedAt));
  return [
    type.type,
    state === SyncState.PENDING ? `PENDING ${pendingFor(type)}` : stateWord(state),
    String(resources),
    shortVersion(versionSent),
    shortVersion(versionAcknowledged),
    age === undefined ? '-' : `${age} ago`,
  ];
}

/** Of 32 digits the first eight tell two apart; JSON has them whole. */
function shortVersion(version: string): string {
  return version === '' ? '-' : version.slice(0, 8);
}
