import { type Leaf, secret } from '@chancery/ca';
import { expect, test } from 'vitest';
import { noShelf } from '../authority/leaf-shelf.ts';
import { Leafs } from '../authority/leafs.ts';
import { apiLeafs } from './api-leafs.ts';

function leafs(lifeMs = 3_600_000): Leafs {
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
    shelf: noShelf,
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
