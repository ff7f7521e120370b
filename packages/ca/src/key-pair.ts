import { createHash, createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { type Secret, secret } from './secret.ts';

/** A fresh EC P-256 key. */
export interface KeyPair {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** SEC1, as Consul hands out keys: `EC PRIVATE KEY`. */
  readonly privateKey: Secret;
}

const generate = promisify(generateKeyPair);

/** Generates a key; off the event loop. */
export async function createKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await generate('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
  });
  return { publicKey: new Uint8Array(publicKey), privateKey: secret(privateKey) };
}

/** Reads a private key (PEM, SEC1 or PKCS #8) with its public half; undefined for what is no EC P-256 key. */
export function readKeyPair(pem: string): KeyPair | undefined {
  try {
    const key = createPrivateKey(pem.replaceAll(/[^\S\n]+$/gm, '').trim());
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
    const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
    const sec1 = key.export({ type: 'sec1', format: 'pem' });
    return { publicKey: new Uint8Array(publicKey), privateKey: secret(sec1.toString()) };
  } catch {
    return undefined;
  }
}

/** The identifier of a public key: SHA-256 of its SubjectPublicKeyInfo, as Consul takes it. */
export function keyId(publicKey: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(publicKey).digest());
}
