import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { evenHex } from './colon-hex.ts';
import { keyId } from './key-pair.ts';
import type { Validity } from './validity.ts';

// The one file that knows the X.509 library. It takes 50 ms to load, so it is loaded when something is
// first signed; nothing here decides anything.

/** What goes into a certificate, whoever it is for. */
export interface CertificateContent {
  readonly serial: number;
  readonly validity: Validity;
  /** The one URI among the subject's names. */
  readonly uri: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
}

/** Who signs, with everything of it that goes into every certificate. */
export interface Issuer {
  readonly name: Name;
  readonly authorityKeyId: Extension;
  readonly signingKey: webcrypto.CryptoKey;
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

const { digitalSignature, keyEncipherment, dataEncipherment, keyAgreement } = KeyUsageFlags;
const { keyCertSign, cRLSign } = KeyUsageFlags;

const rootUses: readonly Extension[] = [
  new KeyUsagesExtension(digitalSignature | keyCertSign | cRLSign, true),
  new BasicConstraintsExtension(true, undefined, true),
];

const leafUses: readonly Extension[] = [
  new KeyUsagesExtension(
    digitalSignature | keyEncipherment | dataEncipherment | keyAgreement,
    true,
  ),
  new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth, ExtendedKeyUsage.serverAuth]),
  new BasicConstraintsExtension(false, undefined, true),
];

/** Signs a root with its own key (PKCS #8 DER); DER. */
export async function signRoot(
  commonName: string,
  pkcs8: Uint8Array,
  content: CertificateContent,
): Promise<Uint8Array> {
  const issuer: Issuer = {
    name: new Name(`CN=${commonName}`),
    authorityKeyId: new AuthorityKeyIdentifierExtension(hex(keyId(content.publicKey))),
    signingKey: await importSigningKey(pkcs8),
  };
  return sign(issuer, content, issuer.name, rootUses, uriName(content.uri, false));
}

/** Signs a leaf, DER. Its subject is empty, so the URI must be critical (RFC 5280, 4.2.1.6). */
export function signLeaf(issuer: Issuer, content: CertificateContent): Promise<Uint8Array> {
  return sign(issuer, content, undefined, leafUses, uriName(content.uri, true));
}

/**
 * Opens a root (certificate and PKCS #8 key, DER) for signing. Its name and key identifier are taken from the
 * certificate as they are encoded there: that is what a verifier compares.
 */
export async function openIssuer(certificate: Uint8Array, pkcs8: Uint8Array): Promise<Issuer> {
  const root = new X509Certificate(new Uint8Array(certificate));
  const own = root.getExtension(SubjectKeyIdentifierExtension)?.keyId;
  const identifier = own ?? hex(keyId(new Uint8Array(root.publicKey.rawData)));
  return {
    name: root.subjectName,
    authorityKeyId: new AuthorityKeyIdentifierExtension(identifier),
    signingKey: await importSigningKey(pkcs8),
  };
}

function importSigningKey(pkcs8: Uint8Array): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), P256, false, ['sign']);
}

/**
 * The public key of a certificate request, DER, once the request has proved that its sender holds the
 * private key; everything else it asks for is ignored. Rejects for a request that cannot be read.
 */
export async function requestedKey(der: Uint8Array): Promise<Uint8Array | undefined> {
  const request = new Pkcs10CertificateRequest(new Uint8Array(der));
  return (await request.verify()) ? new Uint8Array(request.publicKey.rawData) : undefined;
}

async function sign(
  issuer: Issuer,
  { serial, validity, publicKey }: CertificateContent,
  subject: Name | undefined,
  uses: readonly Extension[],
  uri: Extension,
): Promise<Uint8Array> {
  const subjectKeyId = new SubjectKeyIdentifierExtension(hex(keyId(publicKey)));
  const certificate = await X509CertificateGenerator.create({
    serialNumber: evenHex(serial),
    issuer: issuer.name,
    ...(subject === undefined ? {} : { subject }),
    notBefore: new Date(validity.notBefore),
    notAfter: new Date(validity.notAfter),
    publicKey: new Uint8Array(publicKey),
    signingKey: issuer.signingKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [...uses, subjectKeyId, issuer.authorityKeyId, uri],
  });
  return new Uint8Array(certificate.rawData);
}

function uriName(uri: string, critical: boolean): Extension {
  return new SubjectAlternativeNameExtension([{ type: 'url', value: uri }], critical);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
