import { setTimeout as sleep } from 'node:timers/promises';
import { setCheckStatus } from '@chancery/catalog';
import { changeConfigEntries, deleteIntention } from '@chancery/config-entries';
import { type StatusSection, type StatusUpdate, statusSections } from '@chancery/mesh-api';
import { expect, onTestFinished, test, vi } from 'vitest';
import { facts, openWatchedMesh, type WatchedMesh, web } from '../testing/watched-mesh.ts';

/** Watches until the test ends, and gathers what is told. */
function watch({ source }: WatchedMesh, sections: readonly StatusSection[] = statusSections) {
  const told: StatusUpdate[] = [];
  const over = new AbortController();
  const ended = (async () => {
    for await (const update of source.watch(sections, over.signal)) told.push(update);
  })();
  onTestFinished(() => over.abort());
  const kinds = () => told.map(({ part }) => part.kind);
  const complete = () => vi.waitFor(() => expect(kinds()).toContain('complete'));
  const stop = async () => {
    over.abort();
    await ended;
  };
  const since = () => told.slice(kinds().indexOf('complete') + 1).map(({ part }) => part);
  return { told, kinds, complete, since, stop };
}

test('the present state comes in parts, the overview first; then that it is complete', async () => {
  const mesh = await openWatchedMesh();
  await mesh.register(web);
  await mesh.intend('web', 'db', 'deny');
  mesh.changeProxy('web-sidecar-proxy');
  mesh.changeProxy('stranger');
  const watcher = watch(mesh);
  await watcher.complete();
  const order = [...statusSections, 'complete'];
  expect(watcher.kinds()).toEqual(order);
  const [overview, proxies, services, intentions, certificates, history] = watcher.told;
  expect(overview).toMatchObject({ revision: 4, at: 7 });
  expect(overview?.part).toMatchObject({
    overview: { ...facts, services: 1, instances: 1, proxies: 2, intentions: 1, problems: [] },
  });
  expect(proxies?.part).toMatchObject({
    changed: [{ id: 'web-sidecar-proxy' }, { id: 'stranger' }],
  });
  expect(services?.part).toMatchObject({ changed: [{ name: 'web', upstreams: ['db'] }] });
  expect(intentions?.part).toMatchObject({
    changed: [{ source: 'web', destination: 'db', effect: 'deny', author: 'ann', changedAt: 7 }],
  });
  expect(certificates?.part).toMatchObject({
    changed: [{ id: 'spiffe://td.consul/db', kind: 'leaf', name: 'db' }],
  });
  expect(JSON.stringify(certificates)).not.toMatch(/key|pem/i);
  expect(history?.part).toMatchObject({
    items: [{ revision: 4 }, { revision: 3 }, { revision: 2 }],
  });
});

test('of a commit that changed much a hundred changes are told, and how many more there are', async () => {
  const mesh = await openWatchedMesh();
  const change = (protocol: string) => ({
    entries: Array.from({ length: 150 }, (_, at) => ({
      entry: { kind: 'service-defaults', name: `s${at}`, protocol } as never,
      origin: 'all.hcl',
    })),
    deletions: [],
    prune: false,
    datacenter: 'dc1',
  });
  await mesh.run(changeConfigEntries, change('http'));
  const watcher = watch(mesh, ['history']);
  await watcher.complete();
  const most = { changes: expect.objectContaining({ length: 100 }), moreChanges: 50 };
  const parts = watcher.told.map(({ part }) => part);
  expect(parts).toContainEqual(
    expect.objectContaining({ items: expect.arrayContaining([expect.objectContaining(most)]) }),
  );
  await mesh.run(changeConfigEntries, change('grpc'));
  await vi.waitFor(() =>
    expect(watcher.since()).toContainEqual({
      kind: 'history',
      items: [expect.objectContaining(most)],
    }),
  );
});

test('then only what changed is told: rows that are others now, and the keys of those that are gone', async () => {
  const mesh = await openWatchedMesh();
  await mesh.register(web);
  await mesh.intend('web', 'db', 'deny');
  const watcher = watch(mesh, ['overview', 'services', 'intentions', 'history']);
  await watcher.complete();
  await mesh.run(setCheckStatus, { node: 'n1', checkId: 'w', status: 'critical', output: '' });
  await mesh.run(deleteIntention, { source: 'web', destination: 'db' });
  await vi.waitFor(() => {
    const parts = watcher.since();
    expect(parts).toContainEqual(
      expect.objectContaining({ changed: [expect.objectContaining({ name: 'web', critical: 1 })] }),
    );
    expect(parts).toContainEqual({ kind: 'intentions', changed: [], removed: ['web => db'] });
    expect(parts).toContainEqual({ kind: 'history', items: [expect.anything()] });
    expect(parts.findLast(({ kind }) => kind === 'overview')).toMatchObject({
      overview: {
        instancesCritical: 1,
        intentions: 0,
        problems: [
          { text: '1 of 1 instances is critical.', section: 'services' },
          {
            text: '1 registered sidecar is not connected; "chancery proxies" tells which.',
            section: 'proxies',
          },
        ],
      },
    });
  });
});

test('only the sections that are asked for are told, and only they are looked at', async () => {
  const mesh = await openWatchedMesh();
  await mesh.register(web);
  const watcher = watch(mesh, ['services']);
  await watcher.complete();
  expect(watcher.kinds()).toEqual(['services', 'complete']);
  expect([mesh.listed, mesh.ledger.size]).toEqual([0, 0]);
});

test('of many changes a watcher is told ten times a second at most, as it is by then', async () => {
  const mesh = await openWatchedMesh();
  const watcher = watch(mesh, ['proxies']);
  await watcher.complete();
  const began = performance.now();
  for (let at = 1; at <= 300; at += 1) {
    mesh.changeProxy('p', { builtRevision: at });
    if (at % 10 === 0) await sleep(10);
  }
  await vi.waitFor(() =>
    expect(watcher.since().at(-1)).toMatchObject({ changed: [{ builtRevision: 300 }] }),
  );
  const most = (performance.now() - began) / 100 + 2;
  expect(watcher.since().length).toBeLessThanOrEqual(most);
});

test('while nobody watches nothing is followed and nothing is looked at', async () => {
  const mesh = await openWatchedMesh();
  const watcher = watch(mesh);
  await watcher.complete();
  expect(mesh.store.counters.watchers).toBeGreaterThan(0);
  await watcher.stop();
  expect(mesh.store.counters.watchers).toBe(0);
  expect([mesh.ledger.size, mesh.served.size]).toEqual([0, 0]);
  const { listed } = mesh;
  mesh.changeProxy('p');
  await mesh.register(web);
  await sleep(150);
  expect(mesh.listed).toBe(listed);
});

test('watchers share what is looked at, and one that leaves takes nothing from the others', async () => {
  const mesh = await openWatchedMesh();
  const first = watch(mesh, ['proxies']);
  await first.complete();
  const others = [watch(mesh, ['proxies']), watch(mesh, ['proxies'])];
  for (const each of others) await each.complete();
  expect(mesh.listed).toBe(1);
  await first.stop();
  mesh.changeProxy('p');
  for (const each of others) await vi.waitFor(() => expect(each.since()).toHaveLength(1));
  expect(mesh.listed).toBe(2);
});

test('who does not read is told what is, not all that was', async () => {
  const mesh = await openWatchedMesh();
  const over = new AbortController();
  const updates = mesh.source.watch(['proxies'], over.signal)[Symbol.asyncIterator]();
  expect((await updates.next()).value).toMatchObject({ part: { kind: 'complete' } });
  const other = watch(mesh, ['proxies']);
  await other.complete();
  for (let at = 1; at <= 50; at += 1) {
    mesh.changeProxy('p', { builtRevision: at });
    await sleep(5);
  }
  const latest = { changed: [{ builtRevision: 50 }] };
  await vi.waitFor(() => expect(other.since().at(-1)).toMatchObject(latest));
  expect((await updates.next()).value).toMatchObject({ part: latest });
  over.abort();
  expect(await updates.next()).toMatchObject({ done: true });
});

test('while nothing changes a watcher is told that it is connected', async () => {
  const watcher = watch(await openWatchedMesh(20), ['services']);
  await watcher.complete();
  await vi.waitFor(() => expect(watcher.since()).toContainEqual({ kind: 'alive' }));
});
