import { constants } from 'node:crypto';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { PlannedTls } from '../plan/proxy-plan.ts';
import type { LeafResource } from '../plan/resources.ts';
import type { ReadResource } from '../resources/read-resource.ts';

/**
 * Certificates and versions as Node takes them. No session is ever resumed: the peer's certificate is checked
 * anew each time, so that one that has expired or whose root is gone lets nobody in.
 */
export function secureOptions({
  leaf,
  roots,
  minVersion,
  maxVersion,
}: Omit<PlannedTls, 'identities'>): SecureContextOptions {
  return {
    cert: leaf.certificateChain,
    key: leaf.revealPrivateKey(),
    ca: roots.certificates,
    minVersion,
    maxVersion,
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/** Whether two listeners or clusters prove themselves and check their peers alike. */
export function isSameTls(a: PlannedTls | undefined, b: PlannedTls | undefined): boolean {
  return (
    a?.leaf === b?.leaf &&
    a?.roots === b?.roots &&
    a?.minVersion === b?.minVersion &&
    a?.maxVersion === b?.maxVersion
  );
}

/** Contexts for dialing, built once for each pair of secrets and given up with them. */
export function createDialContexts(): (tls: PlannedTls) => SecureContext {
  const known = new WeakMap<LeafResource, { tls: PlannedTls; context: SecureContext }>();
  return (tls) => {
    const last = known.get(tls.leaf);
    if (last !== undefined && isSameTls(last.tls, tls)) return last.context;
    const context = createSecureContext(secureOptions(tls));
    known.set(tls.leaf, { tls, context });
    return context;
  };
}

/** Refuses a secret that TLS cannot work with, so that it is rejected when it comes and not when it is used. */
export function checkSecret(result: ReadResource): ReadResource {
  if (!result.ok) return result;
  const { resource } = result;
  if (resource.kind !== 'leaf' && resource.kind !== 'roots') return result;
  try {
    createSecureContext(
      resource.kind === 'roots'
        ? { ca: checkedPem(resource.certificates) }
        : { cert: checkedPem(resource.certificateChain), key: resource.revealPrivateKey() },
    );
    return result;
  } catch (error) {
    // The texts are OpenSSL's, and say nothing of what is in a key.
    const { code, message } = error as NodeJS.ErrnoException;
    const problem = { path: '$', message: `cannot be used: ${code ?? message}` };
    return { ok: false, problems: [problem] };
  }
}

/** Node takes a text without any certificate for "none", which would let nobody or everybody in. */
function checkedPem(text: string): string {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('it holds no certificate');
  return text;
}
