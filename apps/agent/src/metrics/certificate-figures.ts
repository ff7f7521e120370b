import type { LeafCounters } from '../authority/leafs.ts';
import type { Figure } from './figure.ts';

/** What the figures of certificates are read from. Times in milliseconds since 1970. */
export interface Certificates {
  readonly rootEnds: () => number;
  readonly leafs: () => LeafCounters;
  readonly now: () => number;
}

/** Certificates: how long they last, and how many were issued. */
export function certificateFigures({ rootEnds, leafs, now }: Certificates): readonly Figure[] {
  const secondsTo = (ms: number): number => Math.max(0, Math.floor((ms - now()) / 1000));
  const rootExpiry = (): number => secondsTo(rootEnds());
  return [
    {
      kind: 'gauge',
      name: 'consul.mesh.active-root-ca.expiry',
      help: 'Seconds until the root certificate ends.',
      read: rootExpiry,
    },
    {
      kind: 'gauge',
      name: 'consul.mesh.active-signing-ca.expiry',
      help: 'Seconds until the certificate ends that leafs are signed with.',
      read: rootExpiry,
    },
    {
      kind: 'gauge',
      name: 'consul.leaf-certs.entries_count',
      help: 'Services whose leaf certificate is served.',
      read: () => leafs().served,
    },
    {
      kind: 'gauge',
      name: 'chancery.ca.first_leaf_expiry',
      help: 'Seconds until the first of the leafs ends that are served; absent while none is.',
      read: () => {
        const { firstEnd } = leafs();
        return firstEnd === undefined ? [] : [{ labels: {}, value: secondsTo(firstEnd) }];
      },
    },
    {
      kind: 'counter',
      name: 'chancery.ca.leafs_issued',
      help: 'Leafs that were issued, renewals included.',
      read: () => leafs().issued,
    },
    {
      kind: 'counter',
      name: 'chancery.ca.leaf_failures',
      help: 'Leafs that could not be issued; each is tried again.',
      read: () => leafs().failures,
    },
  ];
}
