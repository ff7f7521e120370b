import { createRoot } from '@chancery/ca';
import { memoryJournal, openStore } from '@chancery/store';
import { expect, test } from 'vitest';
import { establishAuthority } from '../authority/authority-state.ts';
import { authorityTables } from '../authority/authority-tables.ts';
import { caSettings, configureCa } from '../authority/ca-settings.ts';
import { activateRoot, announceRoot } from '../authority/other-roots.ts';
import type { Rotated } from '../authority/rotation.ts';
import { apiAuthority } from './api-authority.ts';

const trustDomain = 'aa6ea51d-54cd-4c9c-8ae2-000000000000.consul';
const by = { principal: { name: 'test' }, why: 'a test' };

async function rootTexts(serial: number) {
  const now = Date.UTC(2026, 10, 23);
  const root = await createRoot({ trustDomain, now, serial });
  const { id, certificatePem, privateKey } = root;
  return { root, row: { id, certificatePem, privateKeyPem: privateKey.reveal() } };
}

/** An authority whose root changes with this outcome; `setWhileRotating` are the settings that were set by then. */
async function openLab(rotated: Rotated = { ok: true }) {
  const tables = authorityTables;
  const store = await openStore({ tables, journal: memoryJournal(), now: () => 0 });
  const [first, next] = await Promise.all([rootTexts(1), rootTexts(2)]);
  await store.commit(establishAuthority, { ...first.row, lastSerial: 1 }, by);
  const settings = { leafCertTtlMs: 3_600_000, rootCertTtlMs: 86_400_000 };
  const setWhileRotating: unknown[] = [];
  const rotate = async () => {
    setWhileRotating.push(...store.view.all(caSettings));
    return rotated;
  };
  const api = apiAuthority({
    store,
    authority: { settings: () => settings, root: () => first.root, trustDomain },
    rotation: { rotate },
    now: () => 0,
  });
  const close = () => store[Symbol.asyncDispose]();
  return { store, first, next, settings, api, setWhileRotating, [Symbol.asyncDispose]: close };
}

test('settings are as old as the authority, and change with it and with its root', async () => {
  await using lab = await openLab();
  const { store, first, next, settings, api } = lab;
  const revisions = () => api.settings().revisions;
  const { created } = revisions();
  expect(revisions()).toEqual({ created: store.view.revision, modified: store.view.revision });
  await store.commit(configureCa, settings, by);
  expect(revisions()).toEqual({ created, modified: store.view.revision });
  await store.commit(announceRoot, next.row, by);
  const change = { id: next.row.id, activeId: first.row.id, until: 1 };
  await store.commit(activateRoot, change, by);
  expect(revisions()).toEqual({ created, modified: store.view.revision });
});

test('who changes settings, and why, stands in the history', async () => {
  await using lab = await openLab();
  const settings = { ...lab.settings, leafCertTtlMs: 7_200_000 };
  const author = { principal: { name: 'ann' }, why: 'PUT', reason: 'incident 7' };
  expect(await lab.api.configure({ settings, force: false }, author)).toMatchObject({ ok: true });
  const [changed] = (await Array.fromAsync(lab.store.history(0))).toReversed();
  expect(changed).toMatchObject({ by: 'ann', why: 'PUT', reason: 'incident 7' });
});

test('a root that cannot be taken is refused with what is wrong with it, and what one needs', async () => {
  await using lab = await openLab();
  const { certificatePem, privateKeyPem } = lab.first.row;
  const given = (rootCert: string, privateKey: string) =>
    lab.api.configure({ settings: lab.settings, rootCert, privateKey, force: false }, by);
  const needed = `a root here has an EC P-256 key and the name URI:spiffe://${trustDomain}`;
  const problem = 'the private key is not the one of the certificate';
  expect(await given(certificatePem, lab.next.row.privateKeyPem)).toEqual({
    ok: false,
    message: `RootCert with PrivateKey is no root: ${problem}; ${needed}`,
  });
  expect(await given(certificatePem, privateKeyPem)).toEqual({ ok: true, revision: 3 });
});

/** Has a lab take another root, and settings with it. */
async function configured(rotated: Rotated) {
  await using lab = await openLab(rotated);
  const { certificatePem: rootCert, privateKeyPem: privateKey } = lab.next.row;
  const configuration = { settings: lab.settings, rootCert, privateKey, force: true };
  const outcome = await lab.api.configure(configuration, by);
  const { settings, setWhileRotating } = lab;
  return { outcome, settings, setWhileRotating, set: lab.store.view.all(caSettings) };
}

test('settings that come with a root count once the root has changed', async () => {
  const { outcome, settings, setWhileRotating, set } = await configured({ ok: true });
  expect({ outcome, setWhileRotating, set }).toEqual({
    outcome: { ok: true, revision: 3 },
    setWhileRotating: [],
    set: [settings],
  });
});

test('where the root is refused, the settings that came with it are not taken', async () => {
  const refused = { ok: false, message: 'another root is announced' } as const;
  const { outcome, set } = await configured(refused);
  expect({ outcome, set }).toEqual({ outcome: refused, set: [] });
});
