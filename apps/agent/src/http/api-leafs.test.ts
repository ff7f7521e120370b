import { type Leaf, secret } from '@chancery/ca';
import { serviceRef } from '@chancery/identity';
import { expect, test } from 'vitest';
import { type LeafShelf, noShelf } from '../authority/leaf-shelf.ts';
import { Leafs } from '../authority/leafs.ts';
import { apiLeafs } from './api-leafs.ts';

function leafs(lifeMs = 3_600_000, shelf: LeafShelf = noShelf): Leafs {
  let serial = 8;
  return new Leafs({
    issue: async (): Promise<Leaf> => {
      serial += 1;
      return {
        serialNumber: serial.toString(16).padStart(2, '0'),
        spiffeId: 'spiffe://test.consul/ns/default/dc/dc1/svc/db',
        validity: { notBefore: 0, notAfter: 1000 },
        certificatePem: '',
        rootId: 'root',
        privateKey: secret('key'),
      };
    },
    renewalTime: () => Date.now() + lifeMs,
    isCurrent: () => true,
    shelf,
    now: Date.now,
    random: Math.random,
    onFailure: () => undefined,
  });
}

test('a leaf is waited for only by who has the present one', async () => {
  using issued = leafs(1000);
  const leafOf = apiLeafs(issued);
  const { signal } = new AbortController();
  const first = await leafOf('db', { after: 0, signal });
  expect(first.index).toBe(9);
  expect((await leafOf('db', { after: 4711, signal })).index).toBe(9);
  expect((await leafOf('db', { after: 9, signal })).index).toBe(10);
});

test('a wait ends with its signal', async () => {
  using issued = leafs();
  const leafOf = apiLeafs(issued);
  const { index } = await leafOf('db', { after: 0, signal: new AbortController().signal });
  const abort = new AbortController();
  const waiting = leafOf('db', { after: index, signal: abort.signal });
  setImmediate(() => abort.abort());
  expect((await waiting).index).toBe(index);
});

test('a leaf that a request waits to be renewed is not forgotten, though it was on the shelf before', async () => {
  using before = leafs();
  const { signal } = new AbortController();
  const { index } = await apiLeafs(before)('db', { after: 0, signal });
  const kept = before.current(serviceRef('db'));
  using issued = leafs(1000, {
    ...noShelf,
    load: async ({ name }) => (name === 'db' ? kept : undefined),
  });
  await issued.ensure(serviceRef('web'));
  expect((await apiLeafs(issued)('db', { after: index, signal })).index).toBeGreaterThan(index);
});
