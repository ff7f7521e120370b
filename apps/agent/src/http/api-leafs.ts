import type { Leaf } from '@chancery/ca';
import type { IssuedLeaf } from '@chancery/http-api';
import { serviceRef } from '@chancery/identity';
import type { Leafs } from '../authority/leafs.ts';

/** The leafs as the HTTP API asks for them: by service name, waiting for a newer one where that is wanted. */
export function apiLeafs(
  leafs: Leafs,
): (
  service: string,
  wait: { readonly after: number; readonly signal: AbortSignal },
) => Promise<IssuedLeaf> {
  return async (name, { after, signal }) => {
    const service = serviceRef(name);
    const leaf = await leafs.ensure(service);
    // Below what the client has: its leaf is of an agent that kept nothing, and there is no reason to wait.
    if (leafIndex(leaf) !== after || signal.aborted) return issued(leaf);
    const renewed = Promise.withResolvers<void>();
    const settle = () => renewed.resolve();
    using _use = leafs.onUse(({ name: used }) => used === name);
    using _watch = leafs.onChange(({ name: changed }) => changed === name && settle());
    signal.addEventListener('abort', settle, { once: true });
    await renewed.promise;
    return issued(leafs.current(service) ?? leaf);
  };
}

/** Serial numbers grow, so they serve as the index of a leaf. */
function leafIndex({ serialNumber }: Leaf): number {
  return Number.parseInt(serialNumber.replaceAll(':', ''), 16);
}

function issued(leaf: Leaf): IssuedLeaf {
  return {
    serialNumber: leaf.serialNumber,
    certificatePem: leaf.certificatePem,
    privateKeyPem: leaf.privateKey.reveal(),
    spiffeId: leaf.spiffeId,
    validAfter: leaf.validity.notBefore,
    validBefore: leaf.validity.notAfter,
    index: leafIndex(leaf),
  };
}
