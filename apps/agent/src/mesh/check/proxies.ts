import type { ProxyState, ProxyTypeState } from '@chancery/mesh-api';
import { counted } from '../counted.ts';
import { bounded, type Found, failed, ok, warning } from './finding.ts';

/** How long a proxy may take for what it was sent. */
const patienceMs = 5_000;
const listing = 'chancery proxies';

/** Proxies that refuse or are slow to take what they were sent, that have no stream, or that nobody registered. */
export function proxyFindings(proxies: readonly ProxyState[]): readonly Found[] {
  const rejected = proxies.flatMap(rejections);
  const lagging = proxies.flatMap(lag);
  const connected = proxies.filter(({ streams }) => streams > 0);
  const found = [
    ...bounded(rejected, listing),
    ...bounded(lagging, listing),
    ...bounded(proxies.filter(isDown).map(down), listing),
    ...bounded(connected.filter(isStranger).map(stranger), listing),
    ...bounded(proxies.flatMap(problems), listing),
  ];
  const isTaken = rejected.length + lagging.length === 0;
  return isTaken && (connected.length > 0 || found.length === 0)
    ? [upToDate(connected.length), ...found]
    : found;
}

function upToDate(connected: number): Found {
  return connected === 0
    ? ok('proxies', 'none is registered; a service gets one by `connect { sidecar_service {} }`')
    : ok(
        'proxies',
        `${counted(connected, 'proxy', 'proxies')} connected, with all that was sent acknowledged`,
      );
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

function problems({ id, problems: told }: ProxyState): readonly Found[] {
  return told.map(({ message, resource }) =>
    warning('proxies', `${id}: ${resource}: ${message}`, `${listing} ${id}`),
  );
}
