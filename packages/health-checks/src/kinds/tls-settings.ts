import tls, { type ConnectionOptions, createSecureContext, type SecureContext } from 'node:tls';
import type { CheckTls } from '@chancery/model';

/** How Node is to judge a server's certificate. */
export type TlsSettings = Pick<
  ConnectionOptions,
  'servername' | 'rejectUnauthorized' | 'secureContext'
>;

/** What a check asks of a server's certificate; by default that a root of this machine has signed it for the host dialled. */
export function tlsSettings(
  { serverName, skipVerify }: CheckTls = { skipVerify: false },
): TlsSettings {
  return {
    ...(serverName !== undefined && { servername: serverName }),
    ...(skipVerify ? { rejectUnauthorized: false } : { secureContext: machineRoots() }),
  };
}

let shared: SecureContext | undefined;

/**
 * The roots that the machine trusts beside those of Node, as Consul's checks do. Made once: reading some
 * hundred certificates takes longer than a check.
 */
function machineRoots(): SecureContext {
  shared ??= createSecureContext({ ca: [...trustedRoots()] });
  return shared;
}

/** Node tells the roots of the machine from 22.15 on; before, there are its own alone. */
function trustedRoots(): Iterable<string> {
  const read: typeof tls.getCACertificates | undefined = tls.getCACertificates;
  if (read === undefined) return tls.rootCertificates;
  return new Set([...read('default'), ...read('system')]);
}
