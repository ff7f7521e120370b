import type { Log } from '../log.ts';
import type { ProxyPlan } from '../plan/proxy-plan.ts';
import { Forwarder } from './forwarder.ts';
import { OpenListener } from './open-listener.ts';

/** Carries a plan out: opens, updates and closes listeners until they are what it says. */
export class PlanRunner {
  readonly #log: Log;
  readonly #forwarder: Forwarder;
  readonly #open = new Map<string, OpenListener>();
  /** Closed, but with connections that go on. */
  readonly #leaving = new Set<OpenListener>();

  constructor(log: Log) {
    this.#log = log;
    this.#forwarder = new Forwarder(log);
  }

  /** The listeners that are bound to a port, by name. */
  get ports(): ReadonlyMap<string, number> {
    return new Map(
      [...this.#open].flatMap(([name, { port }]) => (port === undefined ? [] : [[name, port]])),
    );
  }

  /** Connections that came in and are still there: all of them, and those that were handed on. */
  get connections(): { readonly accepted: number; readonly forwarded: number } {
    const listeners = [...this.#open.values(), ...this.#leaving];
    const accepted = listeners.reduce((sum, { connections }) => sum + connections, 0);
    return { accepted, forwarded: this.#forwarder.connections };
  }

  apply({ listeners }: ProxyPlan): void {
    const planned = new Map(listeners.map((listener) => [listener.name, listener]));
    for (const [name, open] of this.#open) {
      const plan = planned.get(name);
      if (plan === undefined || !open.fits(plan)) this.#closeListener(name, open);
    }
    for (const [name, plan] of planned) {
      const open = this.#open.get(name);
      if (open !== undefined) open.update(plan);
      else this.#open.set(name, this.#opened(plan));
    }
  }

  /** Closes everything, connections as well; resolves when all of it is gone. */
  async close(): Promise<void> {
    for (const [name, open] of this.#open) this.#closeListener(name, open);
    for (const listener of this.#leaving) listener.destroyConnections();
    const closed = [...this.#leaving].map((listener) => listener.close());
    await Promise.all([...closed, this.#forwarder.close()]);
  }

  #opened(plan: ProxyPlan['listeners'][number]): OpenListener {
    const accept = this.#forwarder.accept.bind(this.#forwarder);
    return new OpenListener(plan, accept, this.#log);
  }

  #closeListener(name: string, open: OpenListener): void {
    this.#open.delete(name);
    this.#leaving.add(open);
    void open.close().then(() => this.#leaving.delete(open));
    this.#log('info', `${name}: closed`);
  }
}
