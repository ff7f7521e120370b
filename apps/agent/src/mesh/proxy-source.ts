import { setImmediate as turn } from 'node:timers/promises';
import type { ProxySource, ProxyState } from '@chancery/mesh-api';
import { applied } from './proxies/applied.ts';
import { type Origins, originsAt } from './proxies/origins.ts';
import { proxyResources } from './proxies/proxy-config.ts';
import type { ProxyParts } from './proxies/proxy-parts.ts';
import { proxyState } from './proxies/proxy-state.ts';
import { subject, subjects } from './proxies/subjects.ts';

/** What an agent tells of its proxies: the one source of the RPCs, the command line, the status screen and, by the same ledger, the metrics. */
export function createProxySource(parts: ProxyParts): ProxySource {
  const origins = async (): Promise<Origins> => originsAt(parts, await parts.authors.read());
  return {
    list: async (proxy) => {
      const found = subjects(parts, proxy);
      const known = await origins();
      const states: ProxyState[] = [];
      for (const [at, each] of found.entries()) {
        states.push(proxyState(parts, each, known));
        if ((at + 1) % perTurn === 0) await turn();
      }
      return states;
    },
    config: async (proxyId, type) => {
      const known = await origins();
      const found = subject(parts, proxyId);
      if (found === undefined) return undefined;
      const resources = proxyResources(parts, proxyId, known, type);
      return { proxy: proxyState(parts, found, known), resources };
    },
    applied: (revision, timeoutMs, signal) => applied(parts, revision, timeoutMs, signal),
  };
}

/** So many are looked at before whoever else waits is served. */
const perTurn = 100;
