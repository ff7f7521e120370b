import type { Connection } from './connection.ts';
import { type Answer, type ReadOptions, read, segment } from './read.ts';

/** A root certificate of the mesh. */
export interface Root {
  readonly ID: string;
  readonly Name: string;
  readonly SerialNumber: number;
  readonly SigningKeyID: string;
  readonly ExternalTrustDomain: string;
  readonly NotBefore: string;
  readonly NotAfter: string;
  readonly RootCert: string;
  readonly Active: boolean;
}

/** Every root that may have signed a certificate in use, and the one that signs now. */
export interface Roots {
  readonly ActiveRootID: string;
  readonly TrustDomain: string;
  readonly Roots: readonly Root[];
}

/** A service's certificate and its private key. */
export interface Leaf {
  readonly SerialNumber: string;
  readonly CertPEM: string;
  readonly PrivateKeyPEM: string;
  readonly Service: string;
  readonly ServiceURI: string;
  readonly ValidAfter: string;
  readonly ValidBefore: string;
}

/** The routes that hand out certificates. */
export interface ConnectClient {
  roots(options?: ReadOptions): Promise<Answer<Roots>>;
  leaf(service: string, options?: ReadOptions): Promise<Answer<Leaf>>;
}

/** The certificate routes over a connection. */
export function connectClient(connection: Connection): ConnectClient {
  return {
    roots: (options) => read(connection, '/v1/agent/connect/ca/roots', options),
    leaf: (service, options) =>
      read(connection, `/v1/agent/connect/ca/leaf/${segment(service)}`, options),
  };
}
