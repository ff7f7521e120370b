import { createPublicKey } from 'node:crypto';
import { parseSpiffeId } from '@chancery/identity';
import { serialHex } from './colon-hex.ts';
import { createKeyPair } from './key-pair.ts';
import { formatPem, parsePem } from './pem.ts';
import { issuerOf, type Root } from './root.ts';
import type { Secret } from './secret.ts';
import { leafValidity, type SigningRefusal, type Validity } from './validity.ts';

/** A certificate of a service, without its key. */
export interface SignedLeaf {
  /** `01:0c`, as Consul writes it. */
  readonly serialNumber: string;
  readonly spiffeId: string;
  readonly validity: Validity;
  readonly certificatePem: string;
  /** The root that signed it: which of a set of roots a peer needs. */
  readonly rootId: string;
}

/** A certificate of a service and its key, SEC1. */
export interface Leaf extends SignedLeaf {
  readonly privateKey: Secret;
}

/** What to sign. */
export interface LeafOrder {
  /** From `serviceSpiffeId`; another spelling, or another trust domain than the root's, is refused. */
  readonly spiffeId: string;
  readonly ttlMs: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A number that this root has not used. */
  readonly serial: number;
}

/** A leaf, or why there is none. */
export type Issued<T> =
  | { readonly ok: true; readonly leaf: T }
  | { readonly ok: false; readonly refusal: SigningRefusal };

/** Issues a leaf with a fresh key. */
export async function issueLeaf(root: Root, order: LeafOrder): Promise<Issued<Leaf>> {
  const validity = checked(root, order);
  if ('code' in validity) return { ok: false, refusal: validity };
  const { publicKey, privateKey } = await createKeyPair();
  const leaf = await signed(root, order, validity, publicKey);
  return { ok: true, leaf: { ...leaf, privateKey } };
}

/**
 * Signs the public key of a certificate request (PEM). Names, extensions and life are ours: nothing else
 * of the request is looked at, but its signature.
 */
export async function signCsr(
  root: Root,
  csrPem: string,
  order: LeafOrder,
): Promise<Issued<SignedLeaf>> {
  const validity = checked(root, order);
  if ('code' in validity) return { ok: false, refusal: validity };
  const publicKey = await acceptedKey(csrPem);
  if (typeof publicKey === 'string') {
    return { ok: false, refusal: { code: 'request-not-accepted', message: publicKey } };
  }
  return { ok: true, leaf: await signed(root, order, validity, publicKey) };
}

function checked(root: Root, { spiffeId, ttlMs, now }: LeafOrder): Validity | SigningRefusal {
  if (parseSpiffeId(spiffeId)?.trustDomain !== root.trustDomain) {
    const message = `${spiffeId} is no identity of a service of ${root.trustDomain}`;
    return { code: 'identity-not-ours', message };
  }
  return leafValidity(root.validity, now, ttlMs);
}

async function signed(
  root: Root,
  { serial, spiffeId }: LeafOrder,
  validity: Validity,
  publicKey: Uint8Array,
): Promise<SignedLeaf> {
  const { signLeaf } = await import('./x509.ts');
  const content = { serial, validity, uri: spiffeId, publicKey };
  const der = await signLeaf(await issuerOf(root), content);
  return {
    serialNumber: serialHex(serial),
    spiffeId,
    validity,
    certificatePem: formatPem({ label: 'CERTIFICATE', der }),
    rootId: root.id,
  };
}

/** The key of a request, or why it is not accepted. */
async function acceptedKey(csrPem: string): Promise<Uint8Array | string> {
  const block = parsePem(csrPem).find(({ label }) => label.endsWith('CERTIFICATE REQUEST'));
  if (block === undefined) return 'there is no certificate request';
  const { requestedKey } = await import('./x509.ts');
  const key = await requestedKey(block.der).catch(() => undefined);
  if (key === undefined) return 'the certificate request is not signed with the key it names';
  return isStrong(key)
    ? key
    : 'the key of a request must be EC P-256 or P-384, or RSA of 2048 bits';
}

function isStrong(spki: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), type: 'spki', format: 'der' });
  const { namedCurve = '', modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  return ['prime256v1', 'secp384r1'].includes(namedCurve) || modulusLength >= 2048;
}
