import { createPrivateKey } from 'node:crypto';
import { isTrustDomain } from '@chancery/identity';
import { type CertificateDescription, describeCertificate } from './certificate.ts';
import { colonHex } from './colon-hex.ts';
import { createKeyPair, type KeyPair, keyId, readKeyPair } from './key-pair.ts';
import { formatPem, parsePem } from './pem.ts';
import type { Secret } from './secret.ts';
import { type Validity, validityFrom } from './validity.ts';
import type { Issuer } from './x509.ts';

/** A root of trust together with the key that signs in its name. To keep one, keep its two PEM texts. */
export interface Root {
  /** SHA-1 fingerprint of the certificate, `cd:85:…`. */
  readonly id: string;
  readonly name: string;
  readonly serialNumber: number;
  readonly signingKeyId: string;
  readonly trustDomain: string;
  readonly validity: Validity;
  readonly certificatePem: string;
  readonly privateKey: Secret;
}

/** Ten years: how long a root lives in Consul. */
export const ROOT_TTL_MS: number = 87_600 * 3_600_000;

const NAME = 'Chancery CA Root Cert';

/**
 * Creates a self-signed root for a trust domain. Serial numbers count per root: it takes `serial` (1),
 * its leafs take what follows. Throws when the trust domain is none.
 */
export async function createRoot(options: {
  readonly trustDomain: string;
  readonly now: number;
  readonly ttlMs?: number;
  readonly serial?: number;
  /** The key to sign with, from `readKeyPair`; a fresh one unless it is given. */
  readonly key?: KeyPair;
}): Promise<Root> {
  const { trustDomain, now, ttlMs = ROOT_TTL_MS, serial = 1 } = options;
  if (!isTrustDomain(trustDomain)) throw new RangeError(`no trust domain: ${trustDomain}`);
  const { publicKey, privateKey } = options.key ?? (await createKeyPair());
  const { signRoot } = await import('./x509.ts');
  const der = await signRoot(commonName(trustDomain, publicKey), pkcs8(privateKey), {
    serial,
    validity: validityFrom(now, ttlMs),
    uri: `spiffe://${trustDomain}`,
    publicKey,
  });
  const certificatePem = formatPem({ label: 'CERTIFICATE', der });
  const description = describeCertificate(certificatePem);
  const root = description && rootFrom(description, privateKey);
  if (root === undefined) throw new Error('a root that was just signed cannot be read');
  return root;
}

/**
 * Reads a root from its PEM texts, as they were kept or as people paste them; the key may be SEC1 or
 * PKCS #8. `problem` says why they are no root.
 */
export function parseRoot(
  certificatePem: string,
  privateKeyPem: string,
): { readonly ok: true; readonly root: Root } | { readonly ok: false; readonly problem: string } {
  const description = describeCertificate(certificatePem);
  if (description === undefined) return problem('there is no certificate that can be read');
  if (!description.isAuthority) return problem('the certificate is none of an authority');
  const key = readKeyPair(privateKeyPem);
  if (key === undefined) return problem('there is no EC P-256 private key that can be read');
  if (colonHex(keyId(key.publicKey)) !== description.keyId) {
    return problem('the private key is not the one of the certificate');
  }
  const root = rootFrom(description, key.privateKey);
  return root ? { ok: true, root } : problem('the certificate names no trust domain');
}

const issuers = new WeakMap<Root, Promise<Issuer>>();

/** The root as a signer. Its key is decoded once for as long as the root object lives. */
export function issuerOf(root: Root): Promise<Issuer> {
  const known = issuers.get(root);
  if (known !== undefined) return known;
  const issuer = open(root);
  issuers.set(root, issuer);
  return issuer;
}

async function open({ certificatePem, privateKey }: Root): Promise<Issuer> {
  const { openIssuer } = await import('./x509.ts');
  const [certificate] = parsePem(certificatePem);
  if (certificate === undefined) throw new Error('a root without a certificate');
  return openIssuer(certificate.der, pkcs8(privateKey));
}

/** Built like Consul's, `pri-<key>.<product>.ca.<trust domain>.consul`: two roots never share a name. */
function commonName(trustDomain: string, publicKey: Uint8Array): string {
  const key = Buffer.from(keyId(publicKey)).toString('hex').slice(0, 7);
  const domain = trustDomain.split('.')[0]?.slice(0, 8);
  return `pri-${key}.chancery.ca.${domain}.consul`;
}

function rootFrom(description: CertificateDescription, privateKey: Secret): Root | undefined {
  const trustDomain = /^spiffe:\/\/([^/]+)$/.exec(description.uris[0] ?? '')?.[1];
  if (trustDomain === undefined || !isTrustDomain(trustDomain)) return undefined;
  return {
    id: description.fingerprint,
    name: NAME,
    serialNumber: Number.parseInt(description.serialNumber.replaceAll(':', ''), 16),
    signingKeyId: description.keyId,
    trustDomain,
    validity: description.validity,
    certificatePem: description.certificatePem,
    privateKey,
  };
}

function pkcs8(privateKey: Secret): Uint8Array {
  return createPrivateKey(privateKey.reveal()).export({ type: 'pkcs8', format: 'der' });
}

function problem(text: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: text };
}
