import { typeUrls } from '@chancery/envoy-api';
import type { Resource } from '@chancery/xds-server';
import { expect, test } from 'vitest';
import type { PublisherParts } from '../../proxies/proxy-publisher.ts';
import { appliedScene } from '../../testing/applied-scene.ts';

test('it is over when all that a revision concerns have acknowledged it, though none of it was delivered yet', async () => {
  const { set, connect, ledger, clock, ask } = await appliedScene();
  await set(1, 'a', 'b', 'other');
  await connect('a', 'b', 'other');
  clock.now = 200;
  const revision = await set(2, 'a', 'b');
  // Nobody was told of it so far: that happens in a later turn.
  const waiting = ask(revision);
  ledger.acked('a', 'c', '2', revision, 230);
  ledger.acked('b', 'c', '2', revision, 260);
  clock.now = 300;
  expect(await waiting).toEqual({
    affected: 2,
    acknowledged: 2,
    tookMs: 60,
    lagging: [],
    notConnected: [],
  });
  expect(ledger.watchers).toBe(0);
  // And so it is for who asks later, whatever came after it.
  const later = await set(3, 'a');
  ledger.acked('a', 'c', '3', later, 400);
  expect(await ask(revision)).toMatchObject({ affected: 2, acknowledged: 2 });
  expect(await ask(later)).toMatchObject({ affected: 1, acknowledged: 1 });
});

test('a change that concerns nobody is not waited for', async () => {
  const { set, connect, ask } = await appliedScene();
  await set(1, 'a');
  await connect('a');
  const revision = await set(1, 'nobody');
  expect(await ask(revision)).toMatchObject({
    affected: 0,
    acknowledged: 0,
    tookMs: 0,
    lagging: [],
  });
});

test('who lags is named with what it lacks, and since when', async () => {
  const { set, connect, ledger, clock, ask } = await appliedScene();
  await set(1, 'a', 'b');
  await connect('a', 'b');
  clock.now = 500;
  const revision = await set(2, 'a', 'b');
  const waiting = ask(revision, 20);
  ledger.acked('a', 'c', '2', revision, 505);
  ledger.sent('b', 'c', '2', revision);
  clock.now = 4_501;
  expect(await waiting).toMatchObject({
    affected: 2,
    acknowledged: 1,
    tookMs: 4_001,
    lagging: [{ id: 'b', state: 'pending', detail: 'cds c is not acknowledged after 4.5 s' }],
  });
});

test('a rejection is no acknowledgement, and is not waited out', async () => {
  const { set, connect, ledger, ask } = await appliedScene();
  await set(1, 'a', 'b');
  await connect('a', 'b');
  const revision = await set(2, 'a', 'b');
  const waiting = ask(revision, 600_000);
  ledger.acked('a', 'c', '2', revision, 0);
  ledger.rejected('b', 'c', '2', 'no\nsuch thing');
  expect(await waiting).toMatchObject({
    affected: 2,
    acknowledged: 1,
    lagging: [{ id: 'b', state: 'rejected', detail: 'cds c was refused: no such thing' }],
  });
});

test('a rejection ends the wait, whatever else of the revision is still on its way', async () => {
  const { set, connect, ledger, settled, ask } = await appliedScene();
  await set(1, 'a');
  await connect('a');
  ledger.acked('a', 'c', '1', 1, 0);
  await set(2, 'a');
  await settled();
  const revision = await set(3, 'a');
  const waiting = ask(revision, 600_000);
  await settled();
  ledger.rejected('a', 'c', '3', 'no such thing');
  expect(await waiting).toMatchObject({ acknowledged: 0, lagging: [{ state: 'rejected' }] });
});

test('what a proxy is to have later stands for what it was to have, once it is accepted', async () => {
  const { set, connect, ledger, settled, ask } = await appliedScene();
  await set(1, 'a');
  await connect('a');
  ledger.acked('a', 'c', '1', 1, 0);
  const revision = await set(2, 'a');
  await settled();
  const later = await set(3, 'a');
  const waiting = ask(revision);
  ledger.acked('a', 'c', '3', later, 0);
  expect(await waiting).toMatchObject({ affected: 1, acknowledged: 1 });
});

test('a proxy whose certificate is still being made is waited for', async () => {
  const leaf = Promise.withResolvers<readonly Resource[]>();
  let secrets: ReturnType<PublisherParts['secrets']> = [];
  const { set, connect, ledger, settled, ask } = await appliedScene(() => secrets);
  await set(1, 'a');
  await connect('a');
  ledger.acked('a', 'c', '1', 1, 0);
  secrets = leaf.promise;
  const revision = await set(2, 'a');
  expect(await ask(revision, 20)).toMatchObject({
    affected: 1,
    acknowledged: 0,
    lagging: [{ id: 'a', state: 'pending', detail: expect.stringContaining('certificate') }],
  });
  const waiting = ask(revision);
  leaf.resolve([]);
  await settled();
  expect(await Promise.race([waiting, settled().then(() => 'not yet')])).toBe('not yet');
  ledger.acked('a', 'c', '2', revision, 0);
  expect(await waiting).toMatchObject({ affected: 1, acknowledged: 1 });
});

test('who loses its stream has not applied it until it is back and has; who is deregistered is not waited for', async () => {
  const { register, deregister, set, connect, publisher, ledger, ask } = await appliedScene();
  for (const id of ['a', 'b']) await register(id);
  await set(1, 'a', 'b');
  await connect('a', 'b');
  const revision = await set(2, 'a', 'b');
  const first = ask(revision, 20);
  ledger.acked('a', 'c', '2', revision, 0);
  await Promise.resolve();
  publisher.follow('b', 'unwanted');
  ledger.close('b');
  const outcome = await first;
  // It either was found without a stream, or lost it while it was waited for.
  expect(outcome.acknowledged).toBe(1);
  expect([...outcome.lagging.map(({ id }) => id), ...outcome.notConnected]).toEqual(['b']);
  await connect('b');
  const second = ask(revision);
  ledger.acked('b', 'c', '2', revision, 0);
  expect(await second).toMatchObject({ affected: 2, acknowledged: 2 });

  const third = await set(3, 'a', 'b');
  const waiting = ask(third);
  await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
  ledger.acked('a', 'c', '3', third, 0);
  publisher.follow('b', 'unwanted');
  await deregister('b');
  ledger.close('b');
  expect(await waiting).toMatchObject({ affected: 1, acknowledged: 1, lagging: [] });
});

test('registered sidecars without a stream are told apart', async () => {
  const { register, set, connect, ledger, ask } = await appliedScene();
  for (const id of ['a', 'b', 'c']) await register(id);
  await set(1, 'a', 'b', 'c');
  await connect('a');
  const revision = await set(2, 'a', 'b');
  const waiting = ask(revision);
  ledger.acked('a', 'c', '2', revision, 0);
  expect(await waiting).toMatchObject({ affected: 1, acknowledged: 1, notConnected: ['b'] });
});

test('what a proxy never asks for is not waited for, unless it is only beginning', async () => {
  const { set, connect, ledger, ask } = await appliedScene();
  await set(1, 'a', 'b');
  await connect('a', 'b');
  ledger.open('a', [typeUrls.listener]);
  const revision = await set(2, 'a', 'b');
  const waiting = ask(revision, 20);
  ledger.acked('b', 'c', '2', revision, 0);
  expect(await waiting).toMatchObject({
    affected: 2,
    acknowledged: 1,
    lagging: [{ id: 'a', state: 'not-subscribed', detail: 'cds c is not asked for yet' }],
  });
});

test('who gives up waiting leaves nothing behind', async () => {
  const { set, connect, ledger, ask } = await appliedScene();
  await set(1, 'a');
  await connect('a');
  const revision = await set(2, 'a');
  const leaving = new AbortController();
  const waiting = ask(revision, 600_000, leaving.signal);
  leaving.abort();
  await waiting;
  expect(ledger.watchers).toBe(0);
});

test('what it had before does not count while something else is on its way', async () => {
  const { set, connect, settled, ledger, ask } = await appliedScene();
  await set(1, 'a');
  await connect('a');
  ledger.acked('a', 'c', '1', 1, 100);
  const change = await set(2, 'a');
  await settled();
  const revision = await set(1, 'a');
  await settled();
  // It was sent what the second takes back, and has not answered yet.
  ledger.sent('a', 'c', '2', change);
  expect(await ask(revision, 20)).toMatchObject({ affected: 1, acknowledged: 0 });
});
