import type { Resource } from '@chancery/xds-server';
import { expect, test } from 'vitest';
import { PublicationLog } from './publication-log.ts';

const typeUrl = 'type.googleapis.com/envoy.config.cluster.v3.Cluster';

/** Resources by their names and hashes. */
function resources(hashes: Readonly<Record<string, string>>): readonly Resource[] {
  return Object.entries(hashes).map(([name, hash]) => ({
    typeUrl,
    name,
    hash,
    body: new Uint8Array(),
  }));
}

/** A log to which publications are told: revision, resources, and the first revision that led to it. */
function logged(
  ...publications: readonly [to: number, hashes: Record<string, string>, from?: number][]
): PublicationLog {
  const log = new PublicationLog(10);
  for (const [to, hashes, from] of publications) {
    const span = { to, ...(from !== undefined && { from }) };
    log.note('web', { revision: to, resources: resources(hashes) }, span);
  }
  return log;
}

function named(log: PublicationLog, revision: number): readonly string[] {
  return log.changedBy('web', revision).map(({ name, hash }) => `${name} ${hash}`);
}

test('a revision changed what the publication differs in that it led to', () => {
  const log = logged([11, { a: '1', b: '1' }], [13, { a: '1', b: '2' }, 13]);
  expect(named(log, 11)).toEqual(['a 1', 'b 1']);
  expect(named(log, 12)).toEqual([]);
  expect(log.changedBy('web', 13)).toEqual([{ typeUrl, name: 'b', hash: '2', revision: 13 }]);
  expect(named(log, 14)).toEqual([]);
  expect(log.changedBy('db', 13)).toEqual([]);
});

test('what came, what went and what moved is told apart', () => {
  const log = logged(
    [11, { a: '1', b: '1' }],
    [12, { b: '1', c: '1' }, 12],
    [13, { c: '1', b: '1' }, 13],
    [14, { c: '1' }, 14],
    [15, { c: '1', d: '1' }, 15],
  );
  expect(named(log, 12)).toEqual(['c 1', 'a undefined']);
  expect(named(log, 13)).toEqual([]);
  expect(named(log, 14)).toEqual(['b undefined']);
  expect(named(log, 15)).toEqual(['d 1']);
});

test('where several revisions led to one publication, each of them may have changed it', () => {
  const log = logged([11, { a: '1' }], [14, { a: '2' }, 12]);
  expect([11, 12, 13, 14, 15].map((revision) => named(log, revision).length)).toEqual([
    1, 1, 1, 1, 0,
  ]);
});

test('what nothing declared led to changes nothing, and what follows is compared with it', () => {
  const log = logged([11, { leaf: '1' }]);
  log.note('web', { revision: 11, resources: resources({ leaf: '2' }) }, undefined);
  expect(named(log, 11)).toEqual(['leaf 1']);
  log.note(
    'web',
    { revision: 12, resources: resources({ leaf: '2', a: '1' }) },
    { from: 12, to: 12 },
  );
  expect(named(log, 12)).toEqual(['a 1']);
});

test('who comes back is compared with what it was told before, whatever led to it in between', () => {
  const log = logged([11, { a: '1', b: '1' }], [15, { a: '1', b: '2' }]);
  expect([12, 15].map((revision) => named(log, revision))).toEqual([['b 2'], ['b 2']]);
  expect(named(log, 16)).toEqual([]);
});

test('what was there when the agent began changed nothing for who connects later', () => {
  expect(named(logged([10, { a: '1' }]), 10)).toEqual([]);
});

test('of what is too long ago all is taken to have changed', () => {
  const log = logged([11, { a: '0', b: '0' }]);
  for (let revision = 12; revision < 60; revision++) {
    const hashes = { a: String(revision), b: '0' };
    log.note('web', { revision, resources: resources(hashes) }, { from: revision, to: revision });
  }
  expect(named(log, 59)).toEqual(['a 59']);
  expect(named(log, 12)).toEqual(['a 59', 'b 0']);
});

test('what a revision changed alike for many proxies is remembered once, and what it changed otherwise is told apart', () => {
  const log = logged([11, { a: '1' }], [12, { a: '2' }, 12]);
  for (const [proxyId, hash] of [
    ['db', '2'],
    ['api', '3'],
  ] as const) {
    log.note(proxyId, { revision: 11, resources: resources({ a: '1' }) }, { to: 11 });
    const manifest = { revision: 12, resources: resources({ a: hash }) };
    log.note(proxyId, manifest, { from: 12, to: 12 });
  }
  const changes = (proxyId: string) => log.changedBy(proxyId, 12);
  expect(changes('web')).toHaveLength(1);
  expect(changes('web')).toEqual(changes('db'));
  expect(changes('api')).toEqual([{ typeUrl, name: 'a', hash: '3', revision: 12 }]);
  for (const proxyId of ['web', 'db']) {
    const manifest = { revision: 13, resources: resources({ a: '4' }) };
    log.note(proxyId, manifest, { from: 13, to: 13 });
  }
  expect(log.changedBy('web', 13)[0]).toBe(log.changedBy('db', 13)[0]);
});

test('who watches is told of each publication', () => {
  const log = new PublicationLog(0);
  const told: string[] = [];
  const end = log.onPublished((proxyId) => told.push(proxyId));
  const manifest = { revision: 1, resources: [] };
  log.note('web', manifest, { to: 1 });
  end();
  log.note('web', manifest, { to: 2 });
  expect(told).toEqual(['web']);
});
