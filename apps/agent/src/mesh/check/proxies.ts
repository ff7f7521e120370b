import type { ProxyState, ProxyTypeState } from '@chancery/mesh-api';
import { counted } from '../counted.ts';
import { bounded, type Found, failed, ok, warning } from './finding.ts';

/** How long a proxy may take for what it was sent. */
const patienceMs = 5_000;
const listing = 'chancery proxies';

/** Proxies that refuse or are slow to take what they were sent, that have no stream, or that nobody registered. */
export function proxyFindings(proxies: readonly ProxyState[], now: number): readonly Found[] {
  const rejected = proxies.flatMap(rejections);
  const lagging = proxies.flatMap(lag);
  const connected = proxies.filter(({ streams }) => streams > 0);
  const stuck = connected.flatMap((proxy) => unasked(proxy, now));
  const found = [
    ...bounded(rejected, listing),
    ...bounded(lagging, listing),
    ...bounded(stuck, listing),
    ...bounded(proxies.filter(isDown).map(down), listing),
    ...bounded(connected.filter(isStranger).map(stranger), listing),
    ...bounded(proxies.flatMap(problems), listing),
  ];
  const isTaken = rejected.length + lagging.length + stuck.length === 0;
  return isTaken && (connected.length > 0 || found.length === 0)
    ? [upToDate(connected), ...found]
    : found;
}

function upToDate(connected: readonly ProxyState[]): Found {
  if (connected.length === 0) {
    return ok(
      'proxies',
      'none is registered; a service gets one by `connect { sidecar_service {} }`',
    );
  }
  const { length: open } = connected.filter(({ types }) =>
    types.some(({ state }) => state === 'pending'),
  );
  const taken =
    open === 0
      ? 'with all that was sent acknowledged'
      : `of which ${open === 1 ? '1 was' : `${open} were`} sent something in the last seconds and did not answer yet`;
  return ok('proxies', `${counted(connected.length, 'proxy', 'proxies')} connected, ${taken}`);
}

/** An Envoy asks for its clusters first; one of whose clusters never became ready asks for none on a new stream. */
function unasked(
  { id, service, types, userAgent = '', streamSince }: ProxyState,
  now: number,
): readonly Found[] {
  const age = now - (streamSince ?? now);
  const isAsked = types.some(({ type, state }) => type === 'cds' && state !== 'not-subscribed');
  const isSettled = isAsked || service === undefined || age < patienceMs;
  if (isSettled || !userAgent.startsWith('envoy')) return [];
  const message = `${id} has not asked for its clusters since its stream opened ${Math.round(age / 1000)} s ago: it still waits for one that it had before`;
  return [
    warning(
      'proxies',
      message,
      `restart it; dynamic_warming_clusters in its config_dump is what it waits for`,
    ),
  ];
}

function rejections({ id, types }: ProxyState): readonly Found[] {
  return types.flatMap(({ type, rejections: refused }) =>
    refused.map(({ reason, resource, origin }) => {
      const what = resource === undefined ? type : `${type} ${resource}`;
      const by =
        origin === undefined
          ? ''
          : `; it comes from ${origin.kind} ${origin.name}${at(origin.path)}`;
      return failed('proxies', `${id} rejects ${what}: ${reason}${by}`, `${listing} ${id}`);
    }),
  );
}

function at(path: string): string {
  return path === '' ? '' : ` at ${path}`;
}

function lag({ id, types }: ProxyState): readonly Found[] {
  return types
    .filter(({ state, pendingForMs = 0 }) => state === 'pending' && pendingForMs > patienceMs)
    .map((type) => warning('proxies', lagInWords(id, type), `${listing} ${id}; see its log`));
}

function lagInWords(id: string, { type, pendingForMs = 0 }: ProxyTypeState): string {
  return `${id} has not acknowledged ${type} for ${Math.round(pendingForMs / 1000)} s`;
}

function isDown({ streams, service }: ProxyState): boolean {
  return streams === 0 && service !== undefined;
}

function down({ id, service }: ProxyState): Found {
  const message = `${id} is registered for ${service}, and is not connected`;
  return warning('proxies', message, `chancery connect envoy -proxy-id ${id}`);
}

function isStranger({ service }: ProxyState): boolean {
  return service === undefined;
}

function stranger({ id }: ProxyState): Found {
  const message = `${id} is connected, and no sidecar of that ID is registered: it is sent nothing`;
  return warning('proxies', message, `register it, or stop it if its service is gone`);
}

/** Of a stranger all that there is to say is said. */
function problems(proxy: ProxyState): readonly Found[] {
  if (isStranger(proxy)) return [];
  const { id, problems: told } = proxy;
  return told.map(({ message, resource }) => {
    const what = resource === '' ? '' : `${resource}: `;
    return warning('proxies', `${id}: ${what}${message}`, `${listing} ${id}`);
  });
}
