import { isIP } from 'node:net';
import { faultOf } from './system-words.ts';

const unverified = 'tls: failed to verify certificate: x509:';
const unknownAuthority = `${unverified} certificate signed by unknown authority`;
const expired = `${unverified} certificate has expired or is not yet valid`;
const noHandshake = 'tls: first record does not look like a TLS handshake';

/** Consul's words by Node's code of an error about a certificate, or by OpenSSL's reason. */
const known: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: expired,
  CERT_NOT_YET_VALID: expired,
  'wrong version number': noHandshake,
  'packet length too long': noHandshake,
  'tlsv1 alert no application protocol': 'remote error: tls: no application protocol',
};

/** Why a handshake failed, in Consul's words where it has them; undefined when the error is not about TLS. */
export function tlsWords(error: unknown): string | undefined {
  const fault = faultOf(error);
  const { code = '', message } = fault;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `${unverified} ${wrongName(fault as NameFault)}`;
  if (Object.hasOwn(known, code)) return known[code];
  const reason = opensslReason(code, message);
  if (reason === undefined) return undefined;
  return Object.hasOwn(known, reason) ? known[reason] : `tls: ${reason}`;
}

/** What Node tells of a certificate that is another's. */
interface NameFault {
  readonly host?: string;
  readonly cert?: { readonly subjectaltname?: string };
}

function wrongName({ host = '', cert }: NameFault): string {
  const type = isIP(host) === 0 ? 'DNS:' : 'IP Address:';
  const names = (cert?.subjectaltname ?? '').split(', ').filter((name) => name.startsWith(type));
  if (names.length === 0 && isIP(host) !== 0) {
    return `cannot validate certificate for ${host} because it doesn't contain any IP SANs`;
  }
  const others = names.map((name) => name.slice(type.length)).join(', ');
  return `certificate is valid for ${others || 'no name'}, not ${host}`;
}

/** `…:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:…` */
function opensslReason(code: string, message: string): string | undefined {
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return undefined;
  return /:SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message;
}

/** Whether the other side does not speak TLS at all. */
export function isNoTls(error: unknown): boolean {
  return tlsWords(error) === noHandshake;
}
