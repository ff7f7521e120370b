import { once } from 'node:events';
import {
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import type { XdsAddress } from '../xds-address.ts';

/** Takes a stream, or returns false if the path is not its own. */
export type Route = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => boolean;

/** An HTTP/2 server without TLS ("h2c", prior knowledge) that notices dead peers and shuts down in order. */
export class Http2Shell {
  readonly #route: (...request: Parameters<Route>) => void;
  readonly #servers: Http2Server[] = [];
  /** Sessions, and whether their last ping was answered. */
  readonly #sessions = new Map<ServerHttp2Session, boolean>();
  readonly #sockets = new Set<Socket>();
  readonly #socketOf = new WeakMap<ServerHttp2Session, Socket>();

  constructor(route: (...request: Parameters<Route>) => void) {
    this.#route = route;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  /** Listens at one more address; resolves with its port, 0 for a socket in the file system. */
  async listen(address: XdsAddress): Promise<number> {
    const server = this.#server();
    const listening = once(server, 'listening');
    server.listen(address);
    await listening;
    this.#servers.push(server);
    const bound = server.address();
    return typeof bound === 'object' ? (bound?.port ?? 0) : 0;
  }

  /** Sends a ping to each peer, and gives up those that did not answer the one before. */
  checkPeers(): void {
    for (const [session, alive] of this.#sessions) {
      if (!alive) {
        // Destroying the session would wait for its last write, which is what this peer does not take.
        this.#socketOf.get(session)?.destroy();
        continue;
      }
      this.#sessions.set(session, false);
      if (!session.destroyed) {
        session.ping((error) => {
          if (error === null && this.#sessions.has(session)) this.#sessions.set(session, true);
        });
      }
    }
  }

  /** Tells peers to go away, lets streams end within `graceMs` and closes the rest. */
  async close(graceMs: number): Promise<void> {
    const closed = Promise.all(this.#servers.map(closing));
    for (const session of this.#sessions.keys()) session.close();
    const timer = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, graceMs);
    await closed;
    clearTimeout(timer);
  }

  #server(): Http2Server {
    const server = createServer({ settings: { maxConcurrentStreams: 1000 } });
    let accepted: Socket | undefined;
    server.prependListener('connection', (socket: Socket) => {
      accepted = socket;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    // Node announces the session of a connection while it announces the connection.
    server.on('session', (session) => this.#opened(session, accepted));
    server.on('stream', (stream, headers) => this.#route(stream, headers));
    // A broken peer ends its own session and nothing else.
    server.on('sessionError', (_error, session) => session?.destroy());
    return server;
  }

  #opened(session: ServerHttp2Session, socket: Socket | undefined): void {
    this.#sessions.set(session, true);
    if (socket !== undefined) this.#socketOf.set(session, socket);
    session.on('close', () => this.#sessions.delete(session));
  }
}

function closing(server: Http2Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
