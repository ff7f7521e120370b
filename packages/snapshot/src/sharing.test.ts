import { type Instance, instanceKey, instances } from '@chancery/catalog';
import { putConfigEntry } from '@chancery/config-entries';
import { decodeConfigEntry } from '@chancery/model';
import { planned, put } from '@chancery/store';
import { expect, test } from 'vitest';
import { meshed, openSnapshotLab, type SnapshotLab } from './testing/snapshot-lab.ts';

async function sharedLab(): Promise<SnapshotLab> {
  const lab = await openSnapshotLab();
  await lab.register(meshed('db'));
  await lab.register(meshed('cache'));
  await lab.register(meshed('web', { db: 9191, cache: 9192 }));
  await lab.register(meshed('api', { db: 9191, cache: 7000 }));
  await lab.listen('db', 'passing');
  return lab;
}

function sidecarOf({ store }: SnapshotLab, service: string): Instance {
  const row = store.view.get(instances, instanceKey('n1', `${service}-sidecar-proxy`));
  if (row === undefined) throw new Error(`${service} has no sidecar`);
  return row;
}

test('proxies that declare the same upstream share it, others only its endpoints', async () => {
  const lab = await sharedLab();
  const [web, api] = [lab.of('web'), lab.of('api')];
  expect(web?.upstreams[0]).toBeDefined();
  expect(web?.upstreams[0]).toBe(api?.upstreams[0]);
  expect(web?.upstreams[1]).not.toBe(api?.upstreams[1]);
  expect(web?.upstreams[1]?.endpoints).toBe(api?.upstreams[1]?.endpoints);
});

test('a snapshot is the same object after what does not concern it', async () => {
  const lab = await sharedLab();
  const before = lab.of('web');
  await lab.register(meshed('other', { db: 1234 }));
  await lab.deny('web', 'db');
  await lab.listen('other', 'passing');
  await lab.register({ ...meshed('web', { db: 9191, cache: 9192 }), tags: ['v2'] });
  expect(before).toBeDefined();
  expect(lab.of('web')).toBe(before);
});

test('a plan that touches what a snapshot was made of, and leaves it as it is, gives the same object', async () => {
  const lab = await sharedLab();
  const before = lab.of('web');
  const row = sidecarOf(lab, 'db');
  const noted = { ...row, service: { ...row.service, meta: { some: 'note' } } };
  const after = planned(lab.store.view, [put(instances, noted)]).view;
  expect(after.query(lab.queries.proxySnapshot, 'web-sidecar-proxy')).toBe(before);
});

test('an upstream that is declared twice is one', async () => {
  const lab = await sharedLab();
  const row = sidecarOf(lab, 'web');
  const { proxy } = row.service;
  if (proxy === undefined) throw new Error('it is a proxy');
  const upstreams = [...proxy.upstreams, ...proxy.upstreams];
  const twice = { ...row, service: { ...row.service, proxy: { ...proxy, upstreams } } };
  const after = planned(lab.store.view, [put(instances, twice)]).view;
  expect(after.query(lab.queries.proxySnapshot, 'web-sidecar-proxy')?.upstreams).toHaveLength(2);
});

test('a flipped endpoint leaves every other part as it was', async () => {
  const lab = await sharedLab();
  const before = lab.of('web');
  await lab.listen('db', 'critical');
  const after = lab.of('web');
  expect(after?.upstreams[0]?.endpoints.endpoints).toEqual([]);
  expect(after?.upstreams[0]?.upstream).toBe(before?.upstreams[0]?.upstream);
  expect(after?.upstreams[0]?.config).toBe(before?.upstreams[0]?.config);
  expect(after?.upstreams[1]).toBe(before?.upstreams[1]);
  expect(after?.rules).toBe(before?.rules);
  expect(after?.config).toBe(before?.config);
  expect(after?.localApp).toBe(before?.localApp);
});

test('an intention changes the rules of its destination and nothing else', async () => {
  const lab = await sharedLab();
  const [web, db] = [lab.of('web'), lab.of('db')];
  await lab.deny('web', 'db');
  const after = lab.of('db');
  expect(after?.rules).not.toBe(db?.rules);
  expect(after?.publicListener).toBe(db?.publicListener);
  expect(after?.service).toBe(db?.service);
  expect(lab.of('web')).toBe(web);
});

test('a new upstream leaves those that were there as they were', async () => {
  const lab = await sharedLab();
  const before = lab.of('web');
  await lab.register(meshed('web', { queue: 9000, db: 9191, cache: 9192 }));
  const after = lab.of('web');
  expect(after?.upstreams).toHaveLength(3);
  expect(after?.upstreams[1]).toBe(before?.upstreams[0]);
  expect(after?.upstreams[2]).toBe(before?.upstreams[1]);
  expect(after?.config).toBe(before?.config);
});

test('a flip evaluates one upstream and the list that it is in once, however many proxies dial it', async () => {
  const lab = await sharedLab();
  const names = Array.from({ length: 40 }, (_, at) => `w${at}`);
  for (const name of names) await lab.register(meshed(name, { db: 9191, cache: 9192 }));
  const askAll = (): number => {
    const before = lab.store.counters.evaluations;
    for (const name of names) lab.of(name);
    return lab.store.counters.evaluations - before;
  };
  askAll();
  await lab.listen('db', 'critical');
  // The verdict, the endpoint, the endpoints, the target, the upstream and the list, then each snapshot.
  expect(askAll()).toBe(6 + names.length);
  expect(askAll()).toBe(0);
  expect(lab.of('w0')?.upstreams).toBe(lab.of('w39')?.upstreams);
});

test('access logs are one object for all proxies, and change no other part', async () => {
  const lab = await sharedLab();
  const before = lab.of('web');
  expect(before).not.toHaveProperty('accessLogs');
  const decoded = decodeConfigEntry(
    { kind: 'proxy-defaults', name: 'global', access_logs: { enabled: true } },
    { casing: 'file' },
  );
  if (!decoded.ok) throw new Error('it is an entry');
  await lab.run(putConfigEntry, { entry: decoded.value, datacenter: 'dc1' });
  const after = lab.of('web');
  expect(after?.accessLogs).toEqual({ enabled: true });
  expect(after?.accessLogs).toBe(lab.of('db')?.accessLogs);
  expect({ ...after, accessLogs: undefined }).toEqual({ ...before, accessLogs: undefined });
  expect(after?.upstreams[0]).toBe(before?.upstreams[0]);
});
