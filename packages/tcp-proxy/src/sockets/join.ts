import type { Socket } from 'node:net';

/**
 * Hands the bytes of two connections on to each other, at the pace of the slower one. What one side ends, the other
 * is told to be ended, and may go on in its own direction; what breaks on one side breaks both.
 */
export function join(a: Socket, b: Socket): void {
  a.pipe(b);
  b.pipe(a);
  bindFate(a, b);
  bindFate(b, a);
}

function bindFate(socket: Socket, other: Socket): void {
  socket.on('error', () => other.destroy());
  socket.on('close', () => {
    const isComplete = socket.readableEnded && socket.writableFinished;
    if (!isComplete) other.destroy();
  });
}
