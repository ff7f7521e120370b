import { describeCertificate } from '@chancery/ca';
import { serviceKey } from '@chancery/identity';
import type { CertificateSummary } from '@chancery/mesh-api';
import type { Store } from '@chancery/store';
import type { Leafs, ShownLeaf } from '../../authority/leafs.ts';
import { type TrustedRoot, trustedRoots } from '../../authority/trusted-roots.ts';
import type { OpenRows, RowSink } from './live-rows.ts';

/** What tells of certificates. */
export interface CertificateRowsParts {
  readonly store: Pick<Store, 'read' | 'watch'>;
  readonly leafs: Pick<Leafs, 'list' | 'shown' | 'onServed'>;
}

/** The roots that are trusted and the leafs that are served, by their IDs. Keys are not part of them. */
export function certificateRows({
  store,
  leafs,
}: CertificateRowsParts): OpenRows<CertificateSummary> {
  return (sink) => {
    const stack = new DisposableStack();
    const roots = new Map<string, CertificateSummary>();
    putRoots(store.read(trustedRoots, '').value, roots, sink);
    stack.use(store.watch(trustedRoots, '', ({ value }) => putRoots(value, roots, sink)));
    const known = new Map<string, string>();
    const putLeaf = (key: string, leaf: ShownLeaf | undefined): void => {
      const before = known.get(key);
      if (before !== undefined && before !== leaf?.spiffeId) sink.remove(before);
      if (leaf === undefined) known.delete(key);
      else {
        known.set(key, leaf.spiffeId);
        sink.put(leaf.spiffeId, leafSummary(leaf));
      }
    };
    for (const leaf of leafs.list()) putLeaf(serviceKey(leaf.service), leaf);
    stack.use(leafs.onServed((service) => putLeaf(serviceKey(service), leafs.shown(service))));
    return { ready: Promise.resolve(), [Symbol.dispose]: () => stack.dispose() };
  };
}

function putRoots(
  trusted: readonly TrustedRoot[],
  known: Map<string, CertificateSummary>,
  sink: RowSink<CertificateSummary>,
): void {
  const gone = new Set(known.keys());
  for (const row of trusted.flatMap(rootSummary)) {
    gone.delete(row.id);
    known.set(row.id, row);
    sink.put(row.id, row);
  }
  for (const id of gone) {
    known.delete(id);
    sink.remove(id);
  }
}

function rootSummary({ certificatePem, active }: TrustedRoot): readonly CertificateSummary[] {
  const certificate = describeCertificate(certificatePem);
  if (certificate === undefined) return [];
  const { fingerprint: id, commonName = '', serialNumber, validity } = certificate;
  return [{ id, kind: 'root', name: commonName, ...validity, active, serialNumber }];
}

function leafSummary({ service, spiffeId, validity, serialNumber }: ShownLeaf): CertificateSummary {
  const { name } = service;
  return { id: spiffeId, kind: 'leaf', name, ...validity, active: false, serialNumber };
}
