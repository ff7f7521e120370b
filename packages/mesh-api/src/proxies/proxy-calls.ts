import { type Duration, durationFromMs, durationMs } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import type { ProxyService, WaitAppliedRequest } from '../../gen/chancery/mesh/v1/proxies_pb.ts';
import { type TypeName, typeNames } from '../type-names.ts';
import { proxyMessage, stateMessage } from './proxy-message.ts';
import type { ProxySource } from './proxy-source.ts';
import { resourceMessage } from './resource-message.ts';

/** The calls about proxies, over their source and the present revision of the state. */
export function proxyCalls(
  source: ProxySource,
  revision: () => number,
): ServiceImpl<typeof ProxyService> {
  return {
    listProxies: async ({ proxy }) => {
      const present = BigInt(revision());
      const found = await source.list(proxy === '' ? undefined : proxy);
      if (proxy !== '' && found.length === 0) throw unknown(proxy);
      return { revision: present, proxies: found.map(proxyMessage) };
    },
    getProxyConfig: async ({ proxy, type }) => {
      if (proxy === '') throw invalid('proxy is missing: the ID of a proxy');
      const found = await source.config(proxy, typeName(type));
      if (found === undefined) throw unknown(proxy);
      return {
        proxy: proxyMessage(found.proxy),
        resources: found.resources.map(resourceMessage),
      };
    },
    waitApplied: (request, { signal }) => waitApplied(source, revision(), request, signal),
  };
}

function typeName(text: string): TypeName | undefined {
  if (text === '') return undefined;
  const found = typeNames.find((name) => name === text);
  if (found === undefined) {
    throw invalid(`type "${text}" is not known: it is one of ${typeNames.join(', ')}`);
  }
  return found;
}

const usualTimeoutMs = 10_000;
const longestTimeoutMs = 600_000;

async function waitApplied(
  source: ProxySource,
  present: number,
  { revision, timeout }: WaitAppliedRequest,
  signal: AbortSignal,
) {
  const asked = Number(revision);
  if (asked < 1) throw invalid('revision is missing: the one that a write was answered with');
  if (asked > present) {
    throw new ConnectError(
      `revision ${asked} is not there: the state is at ${present}`,
      Code.OutOfRange,
    );
  }
  const applied = await source.applied(asked, timeoutMs(timeout), signal);
  return {
    affected: applied.affected,
    acknowledged: applied.acknowledged,
    took: durationFromMs(applied.tookMs),
    lagging: applied.lagging.map((proxy) => ({ ...proxy, state: stateMessage(proxy.state) })),
    notConnected: [...applied.notConnected],
  };
}

function timeoutMs(timeout: Duration | undefined): number {
  if (timeout === undefined) return usualTimeoutMs;
  const ms = durationMs(timeout);
  if (ms < 0 || ms > longestTimeoutMs) {
    throw invalid(`timeout has to be between 0 and ${longestTimeoutMs / 1000} s`);
  }
  return ms;
}

function unknown(proxy: string): ConnectError {
  const message = `no proxy and no service with a proxy is called "${proxy}"`;
  return new ConnectError(message, Code.NotFound);
}

function invalid(message: string): ConnectError {
  return new ConnectError(message, Code.InvalidArgument);
}
