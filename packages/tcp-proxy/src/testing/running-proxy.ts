import { until } from '@chancery/testing';
import { createTcpProxy, type TcpProxy } from '../index.ts';

/** A proxy that runs until it is disposed of. */
export interface RunningProxy extends AsyncDisposable {
  readonly proxy: TcpProxy;
  readonly lines: readonly string[];
  /** The port of the listener whose name begins so, as soon as it is bound. */
  port(prefix: string): Promise<number>;
  /** Resolves when the proxy has said something, once more than it has by now. */
  said(text: string): Promise<void>;
}

/** Runs a proxy against an xDS server of this machine. */
export function runningProxy(xdsPort: number, nodeId: string, token = ''): RunningProxy {
  const lines: string[] = [];
  const proxy = createTcpProxy({
    ...{ nodeId, token, cluster: nodeId, xdsAddress: `127.0.0.1:${xdsPort}` },
    log: (level, message) => lines.push(`${level} ${message}`),
  });
  const stop = new AbortController();
  const ended = proxy.run(stop.signal);
  return {
    proxy,
    lines,
    async port(prefix) {
      const find = () => [...proxy.ports].find(([name]) => name.startsWith(prefix))?.[1];
      return (await until(find, { withinMs: 5000, what: `${prefix} is bound` })).value;
    },
    async said(text) {
      const count = () => lines.filter((line) => line.includes(text)).length;
      const before = count();
      await until(() => count() > before, { withinMs: 5000, what: `the proxy says ${text}` });
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}
