import { once } from 'node:events';
import { chmod, lstat, unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import type { ListenAddress } from '@chancery/model';
import { listenFailure } from './listen-failure.ts';

/** What opening an address takes beside it. */
export interface SocketOptions {
  /** The flag that chooses another port, for the message where this one cannot be had. */
  readonly flag: string;
  /** The rights of a socket in the file system, as `chmod` takes them. */
  readonly mode?: number | undefined;
}

/**
 * Has a server listen at an address.
 *
 * @throws Error with a sentence for people: a port that is taken, a socket that may not be made.
 */
export async function openSocket(
  server: Server,
  address: ListenAddress,
  port: number,
  { flag, mode }: SocketOptions,
): Promise<void> {
  if (address.kind === 'unix') await claimSocket(address.path);
  const listening = once(server, 'listening');
  server.listen(address.kind === 'unix' ? { path: address.path } : { host: address.host, port });
  await listening.catch((error) => {
    throw listenFailure(error, address, port, flag);
  });
  await restrictSocket(address, mode);
}

/** Gives a socket in the file system its rights, as `chmod` takes them. */
export async function restrictSocket(
  address: ListenAddress,
  mode: number | undefined,
): Promise<void> {
  if (address.kind === 'unix' && mode !== undefined) await chmod(address.path, mode);
}

/** Takes away a socket that an agent left behind which did not get to clean up; one that is in use stays. */
export async function claimSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSocket() && !(await answers(path))) await unlink(path);
}

function answers(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(path);
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
