export { type CertificateDescription, describeCertificate } from './certificate.ts';
export { type KeyPair, readKeyPair } from './key-pair.ts';
export {
  type Issued,
  issueLeaf,
  type Leaf,
  type LeafOrder,
  type SignedLeaf,
  signCsr,
} from './leaf.ts';
export { formatPem, type PemBlock, parsePem } from './pem.ts';
export { dueForRenewal, isOverdue, nextRenewal, renewalTime, type Served } from './renewal.ts';
export { createRoot, parseRoot, type Root } from './root.ts';
export { type Secret, secret } from './secret.ts';
export type { SigningRefusal, Validity } from './validity.ts';
