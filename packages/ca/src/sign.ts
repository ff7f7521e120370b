import { type KeyObject, sign as signBytes } from 'node:crypto';
import { promisify } from 'node:util';
import {
  bitString,
  element,
  integer,
  objectId,
  octetString,
  printable,
  sequence,
  set,
  time,
  truth,
  within,
} from './der.ts';
import { keyId } from './key-pair.ts';
import type { Validity } from './validity.ts';

// Certificates are put together here, byte by byte, and not by a library: there are two kinds of them,
// a leaf takes a third of the time, and an agent starts without loading one. Nothing here decides anything.

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
  /** Its name as it is encoded in its own certificate: that is what a verifier compares. */
  readonly name: Uint8Array;
  readonly keyId: Uint8Array;
  readonly signingKey: KeyObject;
}

const oids = {
  commonName: '2.5.4.3',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));
const version3 = element(0xa0, integer(2));
const noName = sequence();

/** digitalSignature, keyCertSign, cRLSign. */
const rootKeyUsage = bitString(1, Uint8Array.of(0b1000_0110));
/** digitalSignature, keyEncipherment, dataEncipherment, keyAgreement. */
const leafKeyUsage = bitString(3, Uint8Array.of(0b1011_1000));

const rootUses = [
  extension(oids.keyUsage, rootKeyUsage, 'critical'),
  extension(oids.basicConstraints, sequence(truth()), 'critical'),
];
const leafUses = [
  extension(oids.keyUsage, leafKeyUsage, 'critical'),
  extension(oids.extendedKeyUsage, sequence(objectId(oids.clientAuth), objectId(oids.serverAuth))),
  extension(oids.basicConstraints, sequence(), 'critical'),
];

/** Signs a root with its own key, DER. */
export function signRoot(
  commonName: string,
  signingKey: KeyObject,
  content: CertificateContent,
): Promise<Uint8Array> {
  const name = sequence(set(sequence(objectId(oids.commonName), printable(commonName))));
  const issuer = { name, keyId: keyId(content.publicKey), signingKey };
  return signed(issuer, content, name, [...rootUses, ...names(issuer, content, 'optional')]);
}

/** Signs a leaf, DER. Its subject is empty, so the URI must be critical (RFC 5280, 4.2.1.6). */
export function signLeaf(issuer: Issuer, content: CertificateContent): Promise<Uint8Array> {
  return signed(issuer, content, noName, [...leafUses, ...names(issuer, content, 'critical')]);
}

/** Opens a root (certificate, DER) for signing, with the name and key identifier that stand in it. */
export function openIssuer(certificate: Uint8Array, signingKey: KeyObject): Issuer {
  const [tbs] = within(certificate);
  const fields = tbs === undefined ? [] : within(tbs.whole);
  // Version, serial number, algorithm, issuer, validity, subject, key.
  const [name, publicKey] = [fields[5]?.whole, fields[6]?.whole];
  if (name === undefined || publicKey === undefined) throw new Error('no certificate of version 3');
  const wrapped = fields.find(({ tag }) => tag === 0xa3)?.content;
  return { name, keyId: (wrapped && ownKeyId(wrapped)) ?? keyId(publicKey), signingKey };
}

function ownKeyId(extensions: Uint8Array): Uint8Array | undefined {
  const wanted = Buffer.from(objectId(oids.subjectKeyId));
  const found = within(extensions).find(({ whole }) => {
    const [id] = within(whole);
    return id !== undefined && wanted.equals(id.whole);
  });
  const value = found && within(found.whole).at(-1);
  return value && within(value.whole)[0]?.content;
}

/** The identifiers of both keys, and the URI. */
function names(
  issuer: Issuer,
  { publicKey, uri }: CertificateContent,
  weight: 'critical' | 'optional',
): readonly Uint8Array[] {
  return [
    extension(oids.subjectKeyId, octetString(keyId(publicKey))),
    extension(oids.authorityKeyId, sequence(element(0x80, issuer.keyId))),
    extension(oids.subjectAltName, sequence(element(0x86, Buffer.from(uri, 'ascii'))), weight),
  ];
}

function extension(
  id: string,
  value: Uint8Array,
  weight: 'critical' | 'optional' = 'optional',
): Uint8Array {
  const critical = weight === 'critical' ? [truth()] : [];
  return sequence(objectId(id), ...critical, octetString(value));
}

const signature = promisify(signBytes) as (
  algorithm: string,
  bytes: Uint8Array,
  key: { readonly key: KeyObject; readonly dsaEncoding: 'der' },
) => Promise<Buffer>;

async function signed(
  issuer: Issuer,
  { serial, validity, publicKey }: CertificateContent,
  subject: Uint8Array,
  extensions: readonly Uint8Array[],
): Promise<Uint8Array> {
  const tbs = sequence(
    version3,
    integer(serial),
    ecdsaWithSha256,
    issuer.name,
    sequence(time(validity.notBefore), time(validity.notAfter)),
    subject,
    publicKey,
    element(0xa3, sequence(...extensions)),
  );
  const bytes = await signature('sha256', tbs, { key: issuer.signingKey, dsaEncoding: 'der' });
  return new Uint8Array(sequence(tbs, ecdsaWithSha256, bitString(0, bytes)));
}
