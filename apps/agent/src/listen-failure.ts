/** An error about an address that could not be listened on, with the way out. */
export function listenFailure(cause: unknown, host: string, port: number, flag: string): Error {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `is taken: stop what listens there, or choose another port with ${flag}`,
    EACCES: `may not be opened by this user: choose another port with ${flag}`,
    EADDRNOTAVAIL: 'is no address of this machine: choose another with -client',
  };
  return new Error(`${host}:${port} ${reasons[code ?? ''] ?? message}`, { cause });
}
