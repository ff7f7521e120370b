import type { Leaf } from '@chancery/ca';
import type { ProxySnapshot } from '@chancery/snapshot';
import type { Store } from '@chancery/store';
import type { Resource } from '@chancery/xds-server';
import { leafSecret, leafSecretName, rootsSecret, rootsSecretName } from '@chancery/xds-translator';
import type { Authority } from '../authority/authority.ts';
import type { Leafs } from '../authority/leafs.ts';
import { type TrustedRoot, trustedRoots } from '../authority/trusted-roots.ts';

/** What the secrets of proxies are made of. */
export interface SecretSources {
  readonly store: Pick<Store, 'read'>;
  readonly authority: Pick<Authority, 'trustDomain'>;
  readonly leafs: Pick<Leafs, 'current' | 'ensure'>;
}

/** The secrets of a proxy: the leaf of its service and the roots it trusts. A promise only while the first leaf is being issued. */
export function proxySecrets({
  store,
  authority,
  leafs,
}: SecretSources): (snapshot: ProxySnapshot) => readonly Resource[] | Promise<readonly Resource[]> {
  const roots = sharedRoots(rootsSecretName(authority.trustDomain));
  const encoded = new WeakMap<Leaf, Resource>();
  const secretOf = ({ service, datacenter }: ProxySnapshot, leaf: Leaf): Resource => {
    const known = encoded.get(leaf);
    if (known !== undefined) return known;
    const secret = leafSecret(leafSecretName(service, datacenter), leafPem(leaf));
    encoded.set(leaf, secret);
    return secret;
  };
  const secretsOf = (snapshot: ProxySnapshot, leaf: Leaf) => [
    secretOf(snapshot, leaf),
    roots(store.read(trustedRoots, '').value),
  ];
  return (snapshot) => {
    const leaf = leafs.current(snapshot.service);
    return leaf
      ? secretsOf(snapshot, leaf)
      : leafs.ensure(snapshot.service).then((issued) => secretsOf(snapshot, issued));
  };
}

/** One resource for as long as the roots are the same: all proxies share it. */
function sharedRoots(name: string): (roots: readonly TrustedRoot[]) => Resource {
  let made: { readonly from: readonly TrustedRoot[]; readonly secret: Resource } | undefined;
  return (from) => {
    if (made?.from === from) return made.secret;
    const pem = from.map(({ certificatePem }) => certificatePem).join('');
    made = { from, secret: rootsSecret(name, pem) };
    return made.secret;
  };
}

function leafPem({ certificatePem, privateKey }: Leaf) {
  return { certificatePem, privateKeyPem: privateKey.reveal() };
}
