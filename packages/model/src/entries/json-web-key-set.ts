import { bool, type Codec, integer, nanoseconds, word, words } from './codec.ts';
import { filled, given, required, shape } from './shape.ts';

/** The keys by which tokens are checked: given here, or fetched. */
export interface JsonWebKeySet {
  readonly local?: LocalKeySet;
  readonly remote?: RemoteKeySet;
}

/** Keys that are given: as JSON in base64, or as a file where the proxy runs. */
export interface LocalKeySet {
  readonly jwks?: string;
  readonly filename?: string;
}

/** Keys that a proxy fetches. */
export interface RemoteKeySet {
  readonly uri: string;
  readonly requestTimeoutMs?: number;
  readonly cacheDurationMs?: number;
  readonly fetchAsynchronously?: boolean;
  readonly retryPolicy?: KeySetRetryPolicy;
  readonly jwksCluster?: KeySetCluster;
}

/** How often and how fast a fetch is tried again. */
export interface KeySetRetryPolicy {
  readonly numRetries?: number;
  readonly retryPolicyBackOff?: {
    readonly baseIntervalMs?: number;
    readonly maxIntervalMs?: number;
  };
}

/** How the server of the keys is found and trusted. */
export interface KeySetCluster {
  readonly discoveryType?: KeySetDiscovery;
  readonly tlsCertificates?: KeySetCertificates;
  readonly connectTimeoutMs?: number;
}

/** How Envoy finds the addresses of a cluster. */
export type KeySetDiscovery = 'STATIC' | 'STRICT_DNS' | 'LOGICAL_DNS' | 'EDS' | 'ORIGINAL_DST';

/** Whom a proxy trusts to be the server of the keys; one of both. */
export interface KeySetCertificates {
  readonly caCertificateProviderInstance?: {
    readonly instanceName?: string;
    readonly certificateName?: string;
  };
  readonly trustedCa?: TrustedCa;
}

/** Certificates, in one of four ways. */
export interface TrustedCa {
  readonly filename?: string;
  readonly environmentVariable?: string;
  readonly inlineString?: string;
  /** As it was given: in base64. */
  readonly inlineBytes?: string;
}

const trustedCa = shape<TrustedCa>({
  filename: filled(words),
  environmentVariable: filled(words),
  inlineString: filled(words),
  inlineBytes: filled(words),
});

const certificates = shape<KeySetCertificates>({
  caCertificateProviderInstance: given(
    shape<NonNullable<KeySetCertificates['caCertificateProviderInstance']>>({
      instanceName: filled(words),
      certificateName: filled(words),
    }),
    { wire: 'CaCertificateProviderInstance' },
  ),
  trustedCa: given(trustedCa),
});

const cluster = shape<KeySetCluster>({
  discoveryType: filled(word<KeySetDiscovery>()),
  tlsCertificates: given(certificates),
  connectTimeoutMs: filled(nanoseconds, { key: 'connectTimeout' }),
});

const retryPolicy = shape<KeySetRetryPolicy>({
  numRetries: filled(integer),
  retryPolicyBackOff: given(
    shape<NonNullable<KeySetRetryPolicy['retryPolicyBackOff']>>({
      baseIntervalMs: filled(nanoseconds, { key: 'baseInterval' }),
      maxIntervalMs: filled(nanoseconds, { key: 'maxInterval' }),
    }),
  ),
});

const remote = shape<RemoteKeySet>({
  uri: required(words),
  requestTimeoutMs: filled(integer),
  cacheDurationMs: filled(nanoseconds, { key: 'cacheDuration' }),
  fetchAsynchronously: filled(bool),
  retryPolicy: given(retryPolicy),
  jwksCluster: given(cluster),
});

/** Reads and prints a set of keys. */
export const jsonWebKeySet: Codec<JsonWebKeySet> = shape<JsonWebKeySet>({
  local: given(shape<LocalKeySet>({ jwks: filled(words), filename: filled(words) })),
  remote: given(remote),
});
