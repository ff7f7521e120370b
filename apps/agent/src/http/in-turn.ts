import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Arrived = readonly [request: IncomingMessage, response: ServerResponse];

/** How many requests a connection may send ahead. Clients that do so at all send a handful. */
const mostAhead = 64;

/**
 * Answers the requests of one connection one after the other, as Go's servers do. Node begins with each as it
 * comes: a client could have any number of queries wait on one connection, and a read could overtake the write
 * before it. Who sends too many ahead is cut off.
 */
export function inTurn(answer: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, Arrived[]>();
  const begin = (socket: Socket, [request, response]: Arrived): void => {
    response.once('close', () => {
      const next = socket.destroyed ? undefined : waiting.get(socket)?.shift();
      if (next === undefined) waiting.delete(socket);
      else begin(socket, next);
    });
    answer(request, response);
  };
  return (request, response) => {
    const { socket } = request;
    const ahead = waiting.get(socket);
    if (ahead === undefined) {
      waiting.set(socket, []);
      begin(socket, [request, response]);
    } else if (ahead.length < mostAhead) ahead.push([request, response]);
    else socket.destroy();
  };
}
