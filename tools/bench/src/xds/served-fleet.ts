import { setTimeout as sleep } from 'node:timers/promises';
import { createXdsServer, type Resource, type XdsServer } from '@chancery/xds-server';
import { endpointsOf, meshResources, upstreams } from './mesh-resources.ts';

/** An xDS server in this process, for a fleet of sidecars in another. */
export interface ServedFleet extends AsyncDisposable {
  readonly port: number;
  readonly proxyIds: readonly string[];
  /** Changes one resource of every proxy so many times; gives the thread's processor time in milliseconds for one response and its acknowledgement. */
  pushes(count: number): Promise<number>;
}

/** Opens a server; without a ledger nothing is written down of what is sent and answered. */
export async function servedFleet(streams: number, keepsLedger: boolean): Promise<ServedFleet> {
  const server = createXdsServer();
  if (keepsLedger) watch(server);
  else withoutLedger(server);
  const proxyIds = Array.from({ length: streams }, (_, at) => `proxy-${at}`);
  const base = meshResources();
  let revision = 0;
  const publish = (resources: readonly Resource[]): void => {
    revision += 1;
    for (const id of proxyIds) server.publish(id, { revision, resources });
  };
  publish(base);
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    port,
    proxyIds,
    async pushes(count) {
      const { acks } = server.counters;
      const before = process.threadCpuUsage();
      for (let push = 1; push <= count; push += 1) {
        const changed = endpointsOf(upstreams[0] ?? '', revision % 2 === 0 ? 80 : 81);
        publish(base.map((it) => (isSame(it, changed) ? changed : it)));
        while (server.counters.acks < acks + push * streams) await sleep(1);
      }
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000 / (count * streams);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function isSame(one: Resource, other: Resource): boolean {
  return one.typeUrl === other.typeUrl && one.name === other.name;
}

/** As the status feed does: it notes whom to look at later. */
function watch({ ledger }: XdsServer): void {
  const touched = new Set<string>();
  ledger.onChange((proxyId) => touched.add(proxyId));
}

/** Takes the ledger out at its seams: what the server tells it, and what each stream keeps for it. */
function withoutLedger({ ledger }: XdsServer): void {
  const nothing = (): void => undefined;
  const opened = (_id: string, { progress }: { readonly progress: object }): object => {
    Object.assign(progress, { follow: nothing });
    return {};
  };
  Object.assign(ledger, {
    opened,
    sent: nothing,
    learned: () => false,
    closed: nothing,
    changed: nothing,
  });
}
