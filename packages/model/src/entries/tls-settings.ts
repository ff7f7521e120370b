import { type Codec, list, word, words } from './codec.ts';
import { inside, type Tell } from './problem.ts';
import { filled, held, type Members, shape } from './shape.ts';

/** A version of TLS as Envoy names it. */
export type TlsVersion = 'TLS_AUTO' | 'TLSv1_0' | 'TLSv1_1' | 'TLSv1_2' | 'TLSv1_3';

/** Which versions and ciphers a listener or a client speaks. */
export interface TlsVersions {
  readonly tlsMinVersion?: TlsVersion;
  readonly tlsMaxVersion?: TlsVersion;
  readonly cipherSuites: readonly string[];
}

const version = filled(word<TlsVersion>());

/** The members of `TlsVersions`, for blocks that have more. */
export const tlsVersionMembers: Members<TlsVersions> = {
  tlsMinVersion: version,
  tlsMaxVersion: version,
  cipherSuites: held(list(words), []),
};

/** Reads and prints versions and ciphers. */
export const tlsVersions: Codec<TlsVersions> = shape<TlsVersions>(tlsVersionMembers);

const versions: readonly string[] = ['TLS_AUTO', 'TLSv1_0', 'TLSv1_1', 'TLSv1_2', 'TLSv1_3'];

/** The suites that Envoy and Consul both know. */
const cipherSuites = new Set(
  ['ECDHE_ECDSA', 'ECDHE_RSA', 'RSA'].flatMap((exchange) => [
    ...['AES_128_CBC_SHA', 'AES_256_CBC_SHA', 'AES_128_GCM_SHA256', 'AES_256_GCM_SHA384']
      .concat(exchange === 'RSA' ? [] : ['CHACHA20_POLY1305_SHA256'])
      .map((cipher) => `TLS_${exchange}_WITH_${cipher}`),
  ]),
);

/** How the keys of the versions are named, which differs between kinds. */
interface VersionKeys {
  readonly min: string;
  readonly max: string;
}

/** Refuses versions and ciphers that are not known or cannot meet; `place` begins the sentences. */
export function checkTls(
  tls: TlsVersions,
  tell: Tell,
  place = '',
  keys: VersionKeys = { min: 'tlsMinVersion', max: 'tlsMaxVersion' },
): void {
  const told: Tell = (path, sentence) => tell(path, place + sentence);
  const { tlsMinVersion: min, tlsMaxVersion: max } = tls;
  checkVersion(min, inside(told, keys.min));
  checkVersion(max, inside(told, keys.max));
  if (min && max && max !== 'TLS_AUTO' && versions.indexOf(max) < versions.indexOf(min)) {
    told(
      [keys.max],
      `configuring max version ${max} less than the configured min version ${min} is invalid`,
    );
  }
  if (tls.cipherSuites.length > 0 && min === 'TLSv1_3') {
    const sentence = `configuring CipherSuites is only applicable to connections negotiated with TLS 1.2 or earlier, TLSMinVersion is set to ${min}`;
    told(['cipherSuites'], sentence);
  }
  for (const [index, suite] of tls.cipherSuites.entries()) {
    if (cipherSuites.has(suite)) continue;
    told(['cipherSuites', index], `no matching Envoy TLS cipher suite found for ${suite}`);
  }
}

function checkVersion(found: string | undefined, tell: Tell): void {
  if (found === undefined || versions.includes(found)) return;
  const known = versions.join(', ');
  tell([], `no matching TLS version found for ${found}, please specify one of [${known}]`);
}
