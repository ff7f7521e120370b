import type { ListenAddress } from '@chancery/model';

/** An error about an address that could not be listened on, with the way out. */
export function listenFailure(
  cause: unknown,
  address: ListenAddress,
  port: number,
  flag: string,
): Error {
  const { code, message } = cause as NodeJS.ErrnoException;
  const [place, another] =
    address.kind === 'unix'
      ? [address.path, 'another path in addresses { … }']
      : [`${address.host}:${port}`, `another port with ${flag}`];
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `is taken: stop what listens there, or choose ${another}`,
    EACCES: `may not be opened by this user: choose ${another}`,
    EADDRNOTAVAIL: 'is no address of this machine: choose another with -client',
    ENOENT: 'is in a folder that does not exist: make it first',
  };
  return new Error(`${place} ${reasons[code ?? ''] ?? message}`, { cause });
}
