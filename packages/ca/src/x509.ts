import 'reflect-metadata';
import { Pkcs10CertificateRequest } from '@peculiar/x509';

// The one file that knows the X.509 library. It takes 50 ms to load, so it is loaded with the first
// request; nothing here decides anything.

/**
 * The public key of a certificate request, DER, once the request has proved that its sender holds the
 * private key; everything else it asks for is ignored. Rejects for a request that cannot be read.
 */
export async function requestedKey(der: Uint8Array): Promise<Uint8Array | undefined> {
  const request = new Pkcs10CertificateRequest(new Uint8Array(der));
  return (await request.verify()) ? new Uint8Array(request.publicKey.rawData) : undefined;
}
