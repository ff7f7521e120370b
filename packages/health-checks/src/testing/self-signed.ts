import { createRoot } from '@chancery/ca';

/** A certificate that nobody trusts, as a TLS server takes it. */
export async function selfSigned(): Promise<{ readonly key: string; readonly cert: string }> {
  const root = await createRoot({ trustDomain: 'test.consul', now: Date.now() });
  return { key: root.privateKey.reveal(), cert: root.certificatePem };
}
