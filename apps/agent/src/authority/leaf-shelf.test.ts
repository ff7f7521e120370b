import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secret } from '@chancery/ca';
import { serviceRef } from '@chancery/identity';
import { expect, onTestFinished, test } from 'vitest';
import { folderShelf } from './leaf-shelf.ts';

const leaf = {
  serialNumber: '02',
  spiffeId: 'spiffe://test.consul/ns/default/dc/dc1/svc/db',
  validity: { notBefore: 0, notAfter: 1000 },
  certificatePem: 'certificate',
  rootId: 'root',
  privateKey: secret('the key'),
};

async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'chancery-shelf-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'leafs');
}

test('a leaf comes back from the shelf with its key', async () => {
  const shelf = folderShelf(await temporaryFolder());
  await shelf.save(serviceRef('db'), leaf);
  const loaded = await shelf.load(serviceRef('db'));
  expect(loaded).toMatchObject({ serialNumber: '02', rootId: 'root', validity: leaf.validity });
  expect(loaded?.privateKey.reveal()).toBe('the key');
  expect(await shelf.load(serviceRef('web'))).toBeUndefined();
});

test('what is taken off the shelf leaves no file, and may be absent already', async () => {
  const folder = await temporaryFolder();
  const shelf = folderShelf(folder);
  await shelf.remove(serviceRef('db'));
  await shelf.save(serviceRef('db'), leaf);
  await shelf.remove(serviceRef('db'));
  expect(await readdir(folder)).toEqual([]);
});

test('leafs that have ended are taken off the shelf, whoever they were for', async () => {
  const folder = await temporaryFolder();
  const shelf = folderShelf(folder);
  await shelf.removeEnded(0);
  await shelf.save(serviceRef('db'), leaf);
  const later = { ...leaf.validity, notAfter: 3000 };
  await shelf.save(serviceRef('web'), { ...leaf, validity: later });
  await shelf.removeEnded(2000);
  expect(await shelf.load(serviceRef('db'))).toBeUndefined();
  expect(await readdir(folder)).toHaveLength(1);
  expect(await shelf.load(serviceRef('web'))).toMatchObject({ validity: later });
});

test('only the user of the agent may read keys', async () => {
  const folder = await temporaryFolder();
  await folderShelf(folder).save(serviceRef('db'), leaf);
  const [name = ''] = await readdir(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test.for([0, 20])(
  'a file of which %i bytes are left is no leaf, and is replaced',
  async (bytes) => {
    const folder = await temporaryFolder();
    const shelf = folderShelf(folder);
    await shelf.save(serviceRef('db'), leaf);
    const [name = ''] = await readdir(folder);
    await truncate(join(folder, name), bytes);
    expect(await shelf.load(serviceRef('db'))).toBeUndefined();
    await shelf.save(serviceRef('db'), leaf);
    expect(await shelf.load(serviceRef('db'))).toMatchObject({ serialNumber: '02' });
  },
);
