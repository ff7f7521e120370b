import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** A bound on the connections that one client holds. */
export interface ConnectionLimit {
  /** Counts the connections of a server too. */
  readonly watch: (server: Server) => void;
  /** Whether the connection of a request is within the bound; a request on another is not to be answered. */
  readonly admits: (request: IncomingMessage) => boolean;
  /** Another bound, for connections that are opened from now on; 0 for none. */
  readonly set: (count: number) => void;
}

const refusal = 'HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** A client that was refused gets this long to hear it: closing at once would take the answer away from it. */
const lingerMs = 500;

/**
 * Bounds the connections of each client address, as Consul does: one that is opened beyond the bound is told
 * 429 and closed. Clients of a socket in the file system have no address, and are not bounded.
 */
export function limitConnections(count: number): ConnectionLimit {
  let limit = count;
  const held = new Map<string, number>();
  const refused = new WeakSet<Socket>();
  const accept = (socket: Socket): void => {
    const client = socket.remoteAddress;
    if (client === undefined) return;
    const present = held.get(client) ?? 0;
    if (limit > 0 && present >= limit) {
      refused.add(socket);
      refuse(socket);
      return;
    }
    held.set(client, present + 1);
    socket.once('close', () => release(held, client));
  };
  return {
    watch: (server) => void server.prependListener('connection', accept),
    admits: ({ socket }) => !refused.has(socket),
    set: (next) => {
      limit = next;
    },
  };
}

function refuse(socket: Socket): void {
  socket.end(refusal);
  const cutOff = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(cutOff));
}

function release(held: Map<string, number>, client: string): void {
  const left = (held.get(client) ?? 1) - 1;
  if (left === 0) held.delete(client);
  else held.set(client, left);
}
