import { X509Certificate } from 'node:crypto';
import { colonHex } from './colon-hex.ts';
import { keyId } from './key-pair.ts';
import { formatPem, parsePem } from './pem.ts';
import type { Validity } from './validity.ts';

/** What a certificate says, in the spellings of Consul's API. */
export interface CertificateDescription {
  /** `01:0c`. */
  readonly serialNumber: string;
  /** SHA-1 over the certificate, `cd:85:…`: the ID of a root. */
  readonly fingerprint: string;
  /** SHA-256 over the public key, `da:04:…`: the signing key ID of a root. */
  readonly keyId: string;
  readonly commonName: string | undefined;
  readonly uris: readonly string[];
  readonly isAuthority: boolean;
  readonly validity: Validity;
  /** The certificate again, in one canonical spelling. */
  readonly certificatePem: string;
}

/** Reads the first certificate of a PEM text; `undefined` where there is none that can be read. */
export function describeCertificate(pem: string): CertificateDescription | undefined {
  const block = parsePem(pem).find(({ label }) => label === 'CERTIFICATE');
  const certificate = block && readCertificate(block.der);
  return certificate && describe(certificate);
}

function readCertificate(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function describe(certificate: X509Certificate): CertificateDescription {
  const publicKey = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return {
    serialNumber: colonHex(Buffer.from(certificate.serialNumber, 'hex')),
    fingerprint: certificate.fingerprint.toLowerCase(),
    keyId: colonHex(keyId(publicKey)),
    commonName: /^CN=(.*)$/m.exec(certificate.subject)?.[1],
    uris: uriNames(certificate.subjectAltName ?? ''),
    isAuthority: certificate.ca,
    validity: {
      notBefore: certificate.validFromDate.getTime(),
      notAfter: certificate.validToDate.getTime(),
    },
    certificatePem: formatPem({ label: 'CERTIFICATE', der: certificate.raw }),
  };
}

/** Node writes a name that holds a comma or a quote as a JSON string (CVE-2021-44532). */
function uriNames(subjectAltName: string): readonly string[] {
  return [...subjectAltName.matchAll(/(?:^|, )URI:("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(
    ([, name = '']) => (name.startsWith('"') ? (JSON.parse(name) as string) : name),
  );
}
