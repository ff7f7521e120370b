import { once } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Log } from '../log.ts';
import { admit } from '../plan/admit.ts';
import type { PlannedCluster, PlannedListener } from '../plan/proxy-plan.ts';
import type { Endpoint } from '../plan/resources.ts';
import { createRotation, type Rotation } from '../plan/rotation.ts';
import { peerIdentity } from '../rules/peer-identity.ts';
import { dial } from './dial.ts';
import { join } from './join.ts';
import { createDialContexts } from './tls-options.ts';

/** Judges accepted connections and hands them on to clusters. */
export class Forwarder {
  readonly #log: Log;
  readonly #contextOf: ReturnType<typeof createDialContexts> = createDialContexts();
  /** How many connections each listener let through, and each cluster has. */
  readonly #admitted = new Counts();
  readonly #dialed = new Counts();
  readonly #rotations = new WeakMap<readonly Endpoint[], Rotation>();
  readonly #sockets = new Set<Socket>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** How many connections are handed on now. */
  get connections(): number {
    return this.#admitted.total;
  }

  /** Ends every connection; resolves when all are gone. */
  async close(): Promise<void> {
    const closed = [...this.#sockets].map((socket) => once(socket, 'close'));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  /** Takes a connection that a listener accepted, its handshake done. It is judged now, and never again. */
  accept(socket: Socket, listener: PlannedListener): void {
    socket.on('error', () => socket.destroy());
    const peer = socket instanceof TLSSocket ? identityOf(socket) : undefined;
    if (socket instanceof TLSSocket && peer === undefined) {
      this.#log('warn', `${listener.name}: refused a peer without one URI name`);
      socket.destroy();
      return;
    }
    const identities = peer === undefined ? [] : [peer];
    const admission = admit(listener, identities, this.#admitted.of(listener.name));
    if (!admission.admitted) {
      this.#log('info', `${listener.name}: refused ${peer ?? 'a connection'}: ${admission.reason}`);
      socket.destroy();
      return;
    }
    this.#keep(socket, this.#admitted.count(listener.name));
    if (listener.idleTimeoutMs > 0) {
      socket.setTimeout(listener.idleTimeoutMs, () => socket.destroy());
    }
    void this.#forward(socket, listener);
  }

  /** Never rejects: what happens to one connection is nobody else's trouble. */
  async #forward(socket: Socket, { name, cluster }: PlannedListener): Promise<void> {
    const gone = new AbortController();
    const abort = (): void => gone.abort();
    socket.once('close', abort);
    try {
      const upstream = await this.#connect(cluster, gone.signal);
      if (socket.destroyed) upstream.destroy();
      else join(socket, upstream);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!socket.destroyed)
        this.#log('info', `${name}: no connection to ${cluster.name}: ${reason}`);
      socket.destroy();
    } finally {
      socket.off('close', abort);
    }
  }

  async #connect(cluster: PlannedCluster, signal: AbortSignal): Promise<Socket> {
    const endpoint = this.#rotation(cluster)();
    if (endpoint === undefined) throw new Error('it has no healthy endpoint');
    if (this.#dialed.of(cluster.name) >= cluster.maxConnections) {
      throw new Error(`it has ${cluster.maxConnections} connections already`);
    }
    const release = this.#dialed.count(cluster.name);
    try {
      const socket = await dial(cluster, endpoint, this.#contextOf, signal);
      this.#keep(socket, release);
      return socket;
    } catch (error) {
      release();
      throw error;
    }
  }

  #keep(socket: Socket, onClosed: () => void): void {
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      onClosed();
    });
  }

  /** Lives as long as the endpoints: another list begins anew. */
  #rotation(cluster: PlannedCluster): Rotation {
    const known = this.#rotations.get(cluster.endpoints);
    if (known !== undefined) return known;
    const rotation = createRotation(cluster, Math.random);
    this.#rotations.set(cluster.endpoints, rotation);
    return rotation;
  }
}

function identityOf(socket: TLSSocket): string | undefined {
  if (!socket.authorized) return undefined;
  return peerIdentity(socket.getPeerX509Certificate()?.subjectAltName);
}

/** Counts of open connections by name; a name without any takes no room. */
class Counts {
  readonly #counts = new Map<string, number>();

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Counts one more; calling what it returns takes it back. */
  count(name: string): () => void {
    this.#counts.set(name, this.of(name) + 1);
    return () => {
      const count = this.of(name) - 1;
      if (count > 0) this.#counts.set(name, count);
      else this.#counts.delete(name);
    };
  }
}
