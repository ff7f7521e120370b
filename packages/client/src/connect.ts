import type { Connection } from './connection.ts';
import { type Answer, type ReadOptions, read, segment } from './read.ts';
import type { OpaqueObject } from './service.ts';

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

/** How the certificate authority of the mesh works. */
export interface CaConfiguration {
  readonly Provider: string;
  readonly Config: OpaqueObject;
  readonly State?: Readonly<Record<string, string>> | null;
  readonly ForceWithoutCrossSigning?: boolean;
  readonly CreateIndex?: number;
  readonly ModifyIndex?: number;
}

/** The routes about certificates and who signs them. */
export interface ConnectClient {
  roots(options?: ReadOptions): Promise<Answer<Roots>>;
  leaf(service: string, options?: ReadOptions): Promise<Answer<Leaf>>;
  caConfiguration(): Promise<CaConfiguration>;
  /** May make a new root, which then signs every certificate anew. */
  configureCa(configuration: OpaqueObject): Promise<void>;
}

const caPath = '/v1/connect/ca/configuration';

/** The certificate routes over a connection. */
export function connectClient(connection: Connection): ConnectClient {
  return {
    roots: (options) => read(connection, '/v1/agent/connect/ca/roots', options),
    leaf: (service, options) =>
      read(connection, `/v1/agent/connect/ca/leaf/${segment(service)}`, options),
    caConfiguration: async () => (await read<CaConfiguration>(connection, caPath)).value,
    async configureCa(configuration) {
      await connection.send({ method: 'PUT', path: caPath, body: configuration });
    },
  };
}
