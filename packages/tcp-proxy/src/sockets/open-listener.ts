import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import {
  type AddressInfo,
  createServer,
  type ListenOptions,
  type Server,
  type Socket,
} from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { Log } from '../log.ts';
import type { PlannedListener } from '../plan/proxy-plan.ts';
import type { Place } from '../plan/resources.ts';
import { isSameTls, secureOptions } from './tls-options.ts';

/** A client that does not finish its handshake within this is given up. */
const HANDSHAKE_MS = 15_000;

/** How long to wait before binding again to an address that was taken. */
const REBIND_MS = 1000;

/** Where connections of a listener go once their handshake is done. */
export type Accept = (socket: Socket, listener: PlannedListener) => void;

/** A listener that is bound, or tries to be, until it is closed. */
export class OpenListener {
  readonly #accept: Accept;
  readonly #log: Log;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #plan: PlannedListener;
  #retry: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;
  #told = '';

  constructor(plan: PlannedListener, accept: Accept, log: Log) {
    this.#plan = plan;
    this.#accept = accept;
    this.#log = log;
    this.#server = this.#createServer();
    this.#server.on('connection', (socket: Socket) => this.#track(socket));
    this.#server.on('listening', () => this.#listening());
    this.#server.on('error', (error) => this.#failed(error));
    this.#bind();
  }

  /** The port that is bound; undefined while there is none, and for a Unix socket. */
  get port(): number | undefined {
    const address = this.#server.address() as AddressInfo | string | null;
    return typeof address === 'object' ? address?.port : undefined;
  }

  /** How many accepted connections are there, also those in their handshake. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Whether the same socket can go on under another plan. */
  fits({ place, tls }: PlannedListener): boolean {
    const now = this.#plan;
    return isSamePlace(now.place, place) && (now.tls === undefined) === (tls === undefined);
  }

  /** Judges and serves the connections that come from now on by another plan. Those that are there go on. */
  update(plan: PlannedListener): void {
    const before = this.#plan.tls;
    this.#plan = plan;
    if (plan.tls !== undefined && !isSameTls(before, plan.tls)) {
      (this.#server as TlsServer).setSecureContext(secureOptions(plan.tls));
    }
  }

  /** Accepts nothing more. Connections that are there go on; resolves when the last of them is gone. */
  close(): Promise<void> {
    clearTimeout(this.#retry);
    this.#closed ??= new Promise((resolve) => this.#server.close(() => resolve()));
    return this.#closed;
  }

  /** Ends every connection that came through this listener. */
  destroyConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #createServer(): Server {
    const { tls } = this.#plan;
    const accepted = (socket: Socket): void => {
      if (this.#closed === undefined) this.#accept(socket, this.#plan);
      else socket.destroy();
    };
    const halfOpen = { allowHalfOpen: true, noDelay: true };
    if (tls === undefined) return createServer({ ...halfOpen, pauseOnConnect: true }, accepted);
    const server = createTlsServer({
      ...secureOptions(tls),
      ...halfOpen,
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: HANDSHAKE_MS,
    });
    server.on('secureConnection', accepted);
    server.on('tlsClientError', (error, socket) => {
      this.#log('debug', `${this.#plan.name}: no handshake: ${error.message}`);
      socket.destroy();
    });
    return server;
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #bind(): void {
    const { place } = this.#plan;
    try {
      if (place.kind === 'unix') removeStaleSocket(place.path);
      this.#server.listen(listenOptions(place));
    } catch (error) {
      this.#failed(error);
    }
  }

  #listening(): void {
    const { name, place } = this.#plan;
    this.#log('info', `${name}: listening`);
    this.#told = '';
    if (place.kind === 'unix' && place.mode !== undefined) this.#restrict(place.path, place.mode);
  }

  /** Who may not connect must not be able to: without its mode the socket is not kept open. */
  #restrict(path: string, mode: number): void {
    try {
      chmodSync(path, mode);
    } catch (error) {
      this.#failed(error);
      void this.close();
    }
  }

  #failed(error: unknown): void {
    const { message } = error as Error;
    if (message !== this.#told) this.#log('error', `${this.#plan.name}: ${message}`);
    this.#told = message;
    if (this.#closed !== undefined || this.#server.listening) return;
    this.#retry = setTimeout(() => this.#bind(), REBIND_MS);
  }
}

function listenOptions(place: Place): ListenOptions {
  return place.kind === 'unix' ? { path: place.path } : { host: place.host, port: place.port };
}

/** What a process that was killed left behind is in the way; a file of another kind stays and is told. */
function removeStaleSocket(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true) unlinkSync(path);
}

function isSamePlace(a: Place, b: Place): boolean {
  if (a.kind === 'unix') return b.kind === 'unix' && a.path === b.path && a.mode === b.mode;
  return b.kind === 'tcp' && a.host === b.host && a.port === b.port;
}
