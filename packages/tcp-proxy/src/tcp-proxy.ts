import type { Log } from './log.ts';
import { proxyPlan, type WaitingListener } from './plan/proxy-plan.ts';
import { readResource } from './resources/read-resource.ts';
import { PlanRunner } from './sockets/plan-runner.ts';
import { checkSecret } from './sockets/tls-options.ts';
import { heldResources } from './xds/client-state.ts';
import { follow } from './xds/follow.ts';
import { parseXdsAddress } from './xds/xds-address.ts';

/** Which proxy this is, and where it learns what to do. */
export interface TcpProxyOptions {
  /** `host:port`, `http://host:port` or `unix:///path`. */
  readonly xdsAddress: string;
  /** The proxy's own name, by which the server knows it. */
  readonly nodeId: string;
  /** The service that the proxy fronts. */
  readonly cluster: string;
  /** Presented to the server. */
  readonly token?: string;
  readonly log: Log;
}

/** A proxy of TCP connections that does what an xDS server tells it. */
export interface TcpProxy {
  /** Works until the signal is aborted; resolves when nothing of it is left. May be called once. */
  run(signal: AbortSignal): Promise<void>;
  /** The listeners that are bound to a port now, by name. */
  readonly ports: ReadonlyMap<string, number>;
  /** Connections that came in and are still there: all of them, and those that were let through. */
  readonly connections: { readonly accepted: number; readonly forwarded: number };
}

/** A proxy that does not run yet. Throws a RangeError for an address that is none. */
export function createTcpProxy(options: TcpProxyOptions): TcpProxy {
  const address = parseXdsAddress(options.xdsAddress);
  if (address === undefined) {
    throw new RangeError(`${options.xdsAddress} is no address of an xDS server without TLS`);
  }
  const { nodeId, cluster, token = '', log } = options;
  const runner = new PlanRunner(log);
  const tellWaiting = createWaitingLog(log);
  let started = false;
  return {
    async run(signal) {
      if (started) throw new Error('a proxy runs once');
      started = true;
      const followed = follow(
        {
          ...{ address, token, log, node: { id: nodeId, cluster } },
          read: (...resource) => checkSecret(readResource(...resource)),
          onState(state) {
            const plan = proxyPlan(heldResources(state));
            tellWaiting(plan.waiting);
            runner.apply(plan);
          },
        },
        signal,
      );
      await followed.finally(() => runner.close());
    },
    get ports() {
      return runner.ports;
    },
    get connections() {
      return runner.connections;
    },
  };
}

/** Tells what listeners wait for, when that changes. */
function createWaitingLog(log: Log): (waiting: readonly WaitingListener[]) => void {
  let told = new Map<string, string>();
  return (waiting) => {
    const now = new Map(waiting.map(({ name, missing }) => [name, missing.join(', ')]));
    for (const [name, missing] of now) {
      if (told.get(name) !== missing) log('debug', `${name}: waits for ${missing}`);
    }
    told = now;
  };
}
