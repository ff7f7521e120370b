import { generateKeyPairSync } from 'node:crypto';
import type { CaConfiguration } from '@chancery/model';
import { memoryJournal, openStore } from '@chancery/store';
import { expect, test } from 'vitest';
import { openAuthority } from '../authority/authority.ts';
import { authorityTables } from '../authority/authority-tables.ts';
import { caSettings } from '../authority/ca-settings.ts';
import type { Rotated } from '../authority/rotation.ts';
import { apiAuthority } from './api-authority.ts';

const author = { principal: { name: 'test' }, why: 'a test' };
const hourMs = 3_600_000;
const now = () => Date.UTC(2026, 10, 24);

const configuration: CaConfiguration = {
  settings: { leafCertTtlMs: 2 * hourMs, rootCertTtlMs: 1000 * hourMs },
  privateKey: generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
  }).privateKey,
  force: true,
};

/** An authority whose root changes as it is told; `configured` asks it to, and says what was set by then. */
async function configured(rotated: Rotated) {
  const store = await openStore({ tables: authorityTables, journal: memoryJournal(), now });
  const ca = { leafCertTtlMs: 72 * hourMs, rootCertTtlMs: 87_600 * hourMs };
  const newId = () => 'aa6ea51d-54cd-4c9c-8ae2-000000000000';
  const authority = await openAuthority(store, { datacenter: 'dc1', ca, now, newId });
  const set = () => store.view.all(caSettings);
  const whileRotating: unknown[] = [];
  const rotate = async () => {
    whileRotating.push(...set());
    return rotated;
  };
  const api = apiAuthority({ store, authority, rotation: { rotate }, now });
  return { outcome: await api.configure(configuration, author), whileRotating, set: set() };
}

test('settings that come with a root count once the root has changed', async () => {
  expect(await configured({ ok: true })).toEqual({
    outcome: { ok: true },
    whileRotating: [],
    set: [configuration.settings],
  });
});

test('where the root is refused, the settings that came with it are not taken', async () => {
  const refused = { ok: false, message: 'another root is announced' } as const;
  expect(await configured(refused)).toEqual({ outcome: refused, whileRotating: [], set: [] });
});
