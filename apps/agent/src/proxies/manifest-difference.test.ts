import type { LedgerResource, Resource } from '@chancery/xds-server';
import { expect, test } from 'vitest';
import { manifestDifference, notTaken } from './manifest-difference.ts';

const typeUrl = 'type.googleapis.com/envoy.config.cluster.v3.Cluster';
const resource = (name: string, hash: string): Resource => ({
  typeUrl,
  name,
  hash,
  body: new Uint8Array(),
});

test('equal contents do not differ, whatever the order and the objects', () => {
  const some = [resource('a', '1'), resource('b', '2')];
  const others = [resource('b', '2'), resource('a', '1')];
  expect(manifestDifference(some, others)).toEqual([]);
});

test('what is missing, what is left over and what has changed is named', () => {
  const published = [resource('same', '1'), resource('left over', '1'), resource('changed', '1')];
  const derived = [resource('same', '1'), resource('missing', '1'), resource('changed', '2')];
  expect(manifestDifference(published, derived)).toEqual([
    'Cluster left over',
    'Cluster changed',
    'Cluster missing',
  ]);
});

const mark = (hash: string) => ({ hash, revision: 1, at: 0 });
const row = (name: string, known: Partial<LedgerResource>): LedgerResource => ({
  name,
  state: 'pending',
  sent: undefined,
  acked: undefined,
  nacked: undefined,
  ...known,
});
const proxy = (streams: number, ...resources: LedgerResource[]) => ({
  streams,
  types: [{ typeUrl, resources }],
});

test('a resource is taken when it was acknowledged or rejected as it is now', () => {
  const manifest = { revision: 2, resources: [resource('a', '2'), resource('b', '2')] };
  const rejected = { ...mark('2'), reason: 'no' };
  expect(
    notTaken(manifest, proxy(1, row('a', { acked: mark('2') }), row('b', { nacked: rejected }))),
  ).toEqual(new Set());
  expect(
    notTaken(
      manifest,
      proxy(1, row('a', { sent: mark('2'), acked: mark('1') }), row('b', { sent: mark('1') })),
    ),
  ).toEqual(new Set(['Cluster a 2', 'Cluster b 2']));
});

test('nobody waits for a proxy that is away, or for what it does not ask for', () => {
  const manifest = { revision: 2, resources: [resource('a', '2')] };
  expect(notTaken(manifest, proxy(0, row('a', { acked: mark('1') })))).toEqual(new Set());
  expect(notTaken(manifest, proxy(1))).toEqual(new Set());
});
