import {
  catalogTables,
  instancesOnNode,
  registerNode,
  registerService,
  setCheckStatus,
} from '@chancery/catalog';
import { type CheckStatus, decodeServiceRegistration } from '@chancery/model';
import { memoryJournal, openStore } from '@chancery/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Reaped, ServiceReaper } from './service-reaper.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const by = { principal: { name: 'test' } };
const second = 1000;
const minute = 60 * second;

interface Lab extends AsyncDisposable {
  readonly reaped: readonly Reaped[];
  services(): readonly string[];
  report(checkId: string, status: CheckStatus): Promise<void>;
}

async function openLab(...services: readonly object[]): Promise<Lab> {
  const journal = memoryJournal();
  const store = await openStore({ tables: catalogTables, journal, now: Date.now });
  const rest = { id: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await store.commit(registerNode, { node: 'n1', address: '10.0.0.1', ...rest }, by);
  for (const service of services) {
    const decoded = decodeServiceRegistration(service, { casing: 'file' });
    if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join());
    const sidecarPorts = { min: 21_000, max: 21_255 };
    const input = { node: 'n1', registration: decoded.value, replaceExistingChecks: false };
    await store.commit(registerService, { ...input, sidecarPorts }, by);
  }
  const reaped: Reaped[] = [];
  const onReaped = (each: Reaped) => reaped.push(each);
  const reaper = new ServiceReaper({ store, node: 'n1', now: Date.now, onReaped });
  return {
    reaped,
    services: () => store.read(instancesOnNode, 'n1').value.map(({ service: { id } }) => id),
    report: async (checkId, status) => {
      await store.commit(setCheckStatus, { node: 'n1', checkId, status, output: '' }, by);
      await vi.advanceTimersByTimeAsync(0);
    },
    async [Symbol.asyncDispose]() {
      reaper[Symbol.dispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

function ending(name: string, check: object = { ttl: '1h' }): object {
  const after = { deregister_critical_service_after: '2m' };
  return { name, port: 1, check: { id: `${name}-alive`, ...after, ...check } };
}

test('a service goes when its check was critical for so long, and its sidecar with it', async () => {
  const db = { ...ending('db'), connect: { sidecar_service: {} } };
  await using lab = await openLab(db, { name: 'web', port: 2 });
  await vi.advanceTimersByTimeAsync(2 * minute - second);
  expect(lab.services()).toEqual(['db', 'db-sidecar-proxy', 'web']);
  await vi.advanceTimersByTimeAsync(31 * second);
  expect(lab.services()).toEqual(['web']);
  expect(lab.reaped).toEqual([{ service: 'db', check: 'db-alive', timeout: '2m0s' }]);
});

test('the time begins anew with each time that the check is well in between', async () => {
  await using lab = await openLab(ending('db'));
  for (let flap = 0; flap < 5; flap++) {
    await vi.advanceTimersByTimeAsync(100 * second);
    await lab.report('db-alive', 'warning');
    await lab.report('db-alive', 'critical');
  }
  expect(lab.services()).toEqual(['db']);
  await vi.advanceTimersByTimeAsync(150 * second);
  expect(lab.services()).toEqual([]);
});

test('what does not ask for it stays', async () => {
  await using lab = await openLab({ name: 'db', port: 1, check: { ttl: '1h' } });
  await vi.advanceTimersByTimeAsync(100 * minute);
  expect(lab.services()).toEqual(['db']);
});

test('an alias ends its service by what it stands for', async () => {
  const db = { name: 'db', port: 1, check: { id: 'up', ttl: '1h', status: 'passing' } };
  await using lab = await openLab(db, ending('web', { alias_service: 'db' }));
  await vi.advanceTimersByTimeAsync(10 * minute);
  await lab.report('up', 'critical');
  await vi.advanceTimersByTimeAsync(2 * minute);
  expect(lab.services()).toEqual(['db', 'web']);
  await vi.advanceTimersByTimeAsync(minute);
  expect(lab.services()).toEqual(['db']);
});
