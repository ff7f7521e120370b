/** When a certificate is valid; both ends in milliseconds since 1970, whole seconds. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Why nothing was signed. `code` is for programs, `message` for people. */
export interface SigningRefusal {
  readonly code:
    | 'issuer-expired'
    | 'issuer-not-yet-valid'
    | 'ttl-too-short'
    | 'identity-not-ours'
    | 'request-not-accepted';
  readonly message: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * When a certificate with this life starts and ends. It starts a minute in the past, for clocks that
 * are behind (a tenth of its life, where that is less); the minute counts, as in Consul.
 */
export function validityFrom(now: number, ttlMs: number): Validity {
  const backdated = now - Math.min(MINUTE, ttlMs / 10);
  const notBefore = Math.floor(backdated / SECOND) * SECOND;
  return { notBefore, notAfter: notBefore + Math.floor(ttlMs / SECOND) * SECOND };
}

/**
 * The validity of a leaf: never outside its issuer's, so that no peer sees a leaf it cannot verify. A
 * life that would outlast the issuer is cut; an issuer in its last minute signs no more.
 */
export function leafValidity(
  issuer: Validity,
  now: number,
  ttlMs: number,
): Validity | SigningRefusal {
  if (!(ttlMs >= 10 * SECOND)) {
    return {
      code: 'ttl-too-short',
      message: `a leaf must live for 10 s at least, not ${ttlMs} ms`,
    };
  }
  if (now < issuer.notBefore) return notYetValid(issuer, now);
  if (now + MINUTE > issuer.notAfter) return expired(issuer, now);
  const wished = validityFrom(now, ttlMs);
  return {
    notBefore: Math.max(wished.notBefore, issuer.notBefore),
    notAfter: Math.min(wished.notAfter, issuer.notAfter),
  };
}

function expired(issuer: Validity, now: number): SigningRefusal {
  const end = new Date(issuer.notAfter).toISOString();
  const when = now < issuer.notAfter ? `expires at ${end}, within a minute` : `expired at ${end}`;
  return {
    code: 'issuer-expired',
    message: `the root certificate ${when}: rotate it, then leafs can be signed again`,
  };
}

function notYetValid(issuer: Validity, now: number): SigningRefusal {
  const start = new Date(issuer.notBefore).toISOString();
  return {
    code: 'issuer-not-yet-valid',
    message: `the root certificate is valid from ${start}, but it is ${new Date(now).toISOString()} here: check the clock`,
  };
}
