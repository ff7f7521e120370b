import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

const loopback = '127.0.0.1';

/**
 * Below the range from which systems take the ports of outgoing connections (32768 and up, or 49152 and up), so that none of those
 * takes a port between the moment it is found free and the moment it is used; above the ports that people use.
 */
const lowest = 23_000;
const highest = 32_000;

/** A port is not given out twice: it is in use only some time after it was found free. */
const given = new Set<number>();

/** Ports of the loopback interface that nothing listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** Whether a program could listen on a port now. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, loopback);
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
