import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import { within } from './der.ts';
import { createKeyPair, keyId } from './key-pair.ts';
import { type CertificateContent, openIssuer, signLeaf, signRoot } from './sign.ts';

const day = 24 * 3_600_000;
const now = Date.UTC(2026, 10, 24, 5, 4, 3);
const commonName = 'pri-1a2b3c4.chancery.ca.11111111.consul';

/** What is signed of a certificate: all but the signature, which is never the same twice. */
function signedPart(certificate: Uint8Array): string {
  const [tbs] = within(certificate);
  return Buffer.from(tbs?.whole ?? []).toString('hex');
}

const { KeyUsageFlags: use } = x509;
const rootUses = [
  new x509.KeyUsagesExtension(use.digitalSignature | use.keyCertSign | use.cRLSign, true),
  new x509.BasicConstraintsExtension(true, undefined, true),
];
const leafUses = [
  new x509.KeyUsagesExtension(
    use.digitalSignature | use.keyEncipherment | use.dataEncipherment | use.keyAgreement,
    true,
  ),
  new x509.ExtendedKeyUsageExtension([
    x509.ExtendedKeyUsage.clientAuth,
    x509.ExtendedKeyUsage.serverAuth,
  ]),
  new x509.BasicConstraintsExtension(false, undefined, true),
];

/** The same certificate as a library writes it. */
async function byLibrary(
  { serial, validity, uri, publicKey }: CertificateContent,
  issuerKeyId: Uint8Array,
  signingKey: webcrypto.CryptoKey,
  kind: 'root' | 'leaf',
): Promise<Uint8Array> {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const digits = serial.toString(16);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: digits.padStart(digits.length + (digits.length % 2), '0'),
    issuer: `CN=${commonName}`,
    ...(kind === 'root' && { subject: `CN=${commonName}` }),
    notBefore: new Date(validity.notBefore),
    notAfter: new Date(validity.notAfter),
    publicKey: new Uint8Array(publicKey),
    signingKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      ...(kind === 'root' ? rootUses : leafUses),
      new x509.SubjectKeyIdentifierExtension(hex(keyId(publicKey))),
      new x509.AuthorityKeyIdentifierExtension(hex(issuerKeyId)),
      new x509.SubjectAlternativeNameExtension([{ type: 'url', value: uri }], kind === 'leaf'),
    ],
  });
  return new Uint8Array(certificate.rawData);
}

async function authority() {
  const { publicKey, privateKey } = await createKeyPair();
  const key = createPrivateKey(privateKey.reveal());
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }));
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const forLibrary = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  return { publicKey, key, forLibrary };
}

describe('what is signed is what a library of X.509 would sign, byte for byte', () => {
  test.for([
    { serial: 1, lifeMs: day, path: '' },
    { serial: 127, lifeMs: day, path: '/ns/default/dc/dc1/svc/db' },
    { serial: 128, lifeMs: 10 * 365 * day, path: `/ns/default/dc/dc1/svc/${'x'.repeat(90)}` },
    { serial: 0x8000, lifeMs: 40 * 365 * day, path: `/svc/${'x'.repeat(300)}` },
    { serial: 2 ** 40 + 5, lifeMs: 40 * 365 * day, path: '/svc/a%2Fb' },
  ])('serial $serial, $lifeMs ms', async ({ serial, lifeMs, path }) => {
    const { publicKey, key, forLibrary } = await authority();
    const subject = await createKeyPair();
    const validity = { notBefore: now, notAfter: now + lifeMs };
    const root = { serial, validity, uri: 'spiffe://11111111.consul', publicKey };
    const leaf = { ...root, uri: root.uri + path, publicKey: subject.publicKey };
    const rootDer = await signRoot(commonName, key, root);
    const leafDer = await signLeaf(openIssuer(rootDer, key), leaf);
    const issuerKeyId = keyId(publicKey);
    expect(signedPart(rootDer)).toBe(
      signedPart(await byLibrary(root, issuerKeyId, forLibrary, 'root')),
    );
    expect(signedPart(leafDer)).toBe(
      signedPart(await byLibrary(leaf, issuerKeyId, forLibrary, 'leaf')),
    );
  });
});

test('an issuer is named as its own certificate names it, whoever wrote that', async () => {
  const { publicKey, key, forLibrary } = await authority();
  const der = await x509.X509CertificateGenerator.create({
    serialNumber: '01',
    subject: 'O=Müller, CN=Wurzel',
    issuer: 'O=Müller, CN=Wurzel',
    publicKey: new Uint8Array(publicKey),
    signingKey: forLibrary,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [new x509.SubjectKeyIdentifierExtension('0102030405')],
  });
  const issuer = openIssuer(new Uint8Array(der.rawData), key);
  expect(Buffer.from(issuer.name)).toEqual(Buffer.from(der.subjectName.toArrayBuffer()));
  expect(Buffer.from(issuer.keyId).toString('hex')).toBe('0102030405');
});
