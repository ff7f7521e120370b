import type { Leaf } from '@chancery/ca';
import type { ProxySnapshot } from '@chancery/snapshot';
import type { Resource } from '@chancery/xds-server';
import { leafSecret, leafSecretName, rootsSecret, rootsSecretName } from '@chancery/xds-translator';
import type { Authority } from '../authority/authority.ts';
import type { Leafs } from '../authority/leafs.ts';

/** The secrets of a proxy: the leaf of its service and the roots it trusts. A promise only while the first leaf is being issued. */
export function proxySecrets(
  authority: Authority,
  leafs: Leafs,
): (snapshot: ProxySnapshot) => readonly Resource[] | Promise<readonly Resource[]> {
  const { trustDomain, root } = authority;
  const roots = rootsSecret(rootsSecretName(trustDomain), root.certificatePem);
  const encoded = new WeakMap<Leaf, Resource>();
  const secretOf = ({ service, datacenter }: ProxySnapshot, leaf: Leaf): Resource => {
    const known = encoded.get(leaf);
    if (known !== undefined) return known;
    const secret = leafSecret(leafSecretName(service, datacenter), leafPem(leaf));
    encoded.set(leaf, secret);
    return secret;
  };
  const secretsOf = (snapshot: ProxySnapshot, leaf: Leaf) => [secretOf(snapshot, leaf), roots];
  return (snapshot) => {
    const leaf = leafs.current(snapshot.service);
    return leaf
      ? secretsOf(snapshot, leaf)
      : leafs.ensure(snapshot.service).then((issued) => secretsOf(snapshot, issued));
  };
}

function leafPem({ certificatePem, privateKey }: Leaf) {
  return { certificatePem, privateKeyPem: privateKey.reveal() };
}
