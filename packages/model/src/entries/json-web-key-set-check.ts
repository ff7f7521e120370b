import type {
  JsonWebKeySet,
  KeySetCertificates,
  KeySetCluster,
  LocalKeySet,
  RemoteKeySet,
  TrustedCa,
} from './json-web-key-set.ts';
import { inside, type Tell } from './problem.ts';

/** Refuses keys that come from nowhere, or from two places. */
export function checkKeySet({ local, remote }: JsonWebKeySet, tell: Tell): void {
  if ((local === undefined) === (remote === undefined)) {
    tell([], 'must specify exactly one of Local or Remote JSON Web key set');
  } else if (local !== undefined) checkLocal(local, inside(tell, 'local'));
  else if (remote !== undefined) checkRemote(remote, inside(tell, 'remote'));
}

function checkLocal({ jwks, filename }: LocalKeySet, tell: Tell): void {
  if ((jwks === undefined) === (filename === undefined)) {
    tell([], 'must specify exactly one of String or filename for local keyset');
  } else if (jwks !== undefined && !isBase64(jwks)) {
    tell(['jwks'], 'JWKS must be valid base64 encoded string');
  }
}

/** As Go decodes it: line breaks are passed over, padding is not optional. */
function isBase64(text: string): boolean {
  const digits = text.replaceAll(/[\r\n]/g, '');
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
}

function checkRemote({ uri, retryPolicy, jwksCluster }: RemoteKeySet, tell: Tell): void {
  if (!uri) tell(['uri'], 'Remote JWKS URI is required');
  else if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(uri) || !URL.canParse(uri)) {
    const reason = `parse ${JSON.stringify(uri)}: invalid URI for request`;
    tell(['uri'], `Remote JWKS URI is invalid: ${reason}, uri: ${uri}`);
  }
  const { baseIntervalMs = 0, maxIntervalMs = 0 } = retryPolicy?.retryPolicyBackOff ?? {};
  if (maxIntervalMs !== 0 && maxIntervalMs < baseIntervalMs) {
    const rule = "retry policy backoff's MaxInterval should be greater or equal to BaseInterval";
    tell(['retryPolicy', 'retryPolicyBackOff'], rule);
  }
  if (jwksCluster !== undefined) checkCluster(jwksCluster, inside(tell, 'jwksCluster'));
}

const discoveries = ['STATIC', 'STRICT_DNS', 'LOGICAL_DNS', 'EDS', 'ORIGINAL_DST'];

function checkCluster({ discoveryType, tlsCertificates }: KeySetCluster, tell: Tell): void {
  if (discoveryType !== undefined && !discoveries.includes(discoveryType)) {
    tell(['discoveryType'], `unsupported jwks cluster discovery type: "${discoveryType}"`);
  }
  const at = inside(tell, 'tlsCertificates');
  if (tlsCertificates !== undefined) checkCertificates(tlsCertificates, at);
}

function checkCertificates(certificates: KeySetCertificates, tell: Tell): void {
  const { caCertificateProviderInstance: provider, trustedCa } = certificates;
  if ((provider === undefined) === (trustedCa === undefined)) {
    const rule =
      "must specify exactly one of: CaCertificateProviderInstance or TrustedCA for JKWS' TLSCertificates";
    tell([], rule);
  } else if (trustedCa !== undefined) checkTrusted(trustedCa, inside(tell, 'trustedCa'));
}

function checkTrusted(trusted: TrustedCa, tell: Tell): void {
  if (Object.values(trusted).filter(Boolean).length === 1) return;
  const rule =
    "must specify exactly one of: Filename, EnvironmentVariable, InlineString or InlineBytes for JWKS' TrustedCA";
  tell([], rule);
}
