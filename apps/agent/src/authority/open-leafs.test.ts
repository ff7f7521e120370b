import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceRef } from '@chancery/identity';
import { memoryJournal, openStore } from '@chancery/store';
import { expect, onTestFinished, test } from 'vitest';
import type { Effects } from '../effects.ts';
import { openAuthority } from './authority.ts';
import { authorityTables } from './authority-tables.ts';
import { openLeafs } from './open-leafs.ts';

const db = serviceRef('db');

/** Agents that run one after the other on one state, each by the datacenter it is given. */
async function restartable() {
  const dataDir = await mkdtemp(join(tmpdir(), 'chancery-leafs-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const effects = { now: Date.now, random: () => 0.5, newId: () => 'test' } as Effects;
  const journal = memoryJournal();
  const store = await openStore({ tables: authorityTables, journal, now: Date.now });
  return async (datacenter: string) => {
    const { now, newId } = effects;
    const ca = { leafCertTtlMs: 72e5, rootCertTtlMs: 72e8 };
    const authority = await openAuthority(store, { datacenter, ca, now, newId });
    using leafs = openLeafs(authority, { dataDir, datacenter }, effects);
    return await leafs.ensure(db);
  };
}

test('a restart serves the leaf that was served before', async () => {
  const leafIn = await restartable();
  const first = await leafIn('dc1');
  expect((await leafIn('dc1')).serialNumber).toBe(first.serialNumber);
});

test('under another datacenter a service has another identity, and so another leaf', async () => {
  const leafIn = await restartable();
  await leafIn('dc1');
  expect((await leafIn('dc2')).spiffeId).toBe('spiffe://test.consul/ns/default/dc/dc2/svc/db');
});
