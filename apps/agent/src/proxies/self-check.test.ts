import type { ProxySnapshot } from '@chancery/snapshot';
import type { Store } from '@chancery/store';
import type { Resource } from '@chancery/xds-server';
import type { Resource as Translated } from '@chancery/xds-translator';
import { expect, test, vi } from 'vitest';
import { versionedProxies, versionOf } from '../testing/versioned-proxies.ts';
import type { Told } from './manifest-difference.ts';
import { ProxyPublisher } from './proxy-publisher.ts';
import { SelfCheck } from './self-check.ts';

const typeUrl = 'type.googleapis.com/envoy.config.cluster.v3.Cluster' as const;

function translated(snapshot: ProxySnapshot): readonly Translated[] {
  return [{ typeUrl, name: 'db', hash: `v${versionOf(snapshot)}`, body: new Uint8Array() }];
}

/** The watches of a store that can go deaf: what they should be told is lost. */
function withLostWakeUps(store: Store) {
  const state = { deaf: false };
  const watch: Store['watch'] = (query, arg, onResult) =>
    store.watch(query, arg, (read) => {
      if (!state.deaf) onResult(read);
    });
  return { state, watching: { watch } };
}

async function scene() {
  const { store, proxySnapshot, ...changes } = await versionedProxies();
  const { state, watching } = withLostWakeUps(store);
  const told: string[] = [];
  const repairs: unknown[] = [];
  const lags: unknown[] = [];
  const failures: unknown[] = [];
  let compile = translated;
  const publisher = new ProxyPublisher({
    store: watching,
    proxySnapshot,
    compile: (snapshot) => ({ resources: compile(snapshot), secrets: [], diagnostics: [] }),
    secrets: () => [],
    publish: (id, { resources }) => told.push(`${id}: ${resources.map(({ hash }) => hash)}`),
    withdraw: (id) => told.push(`${id} withdrawn`),
    onDiagnostics: () => {},
    onFailure: () => {},
  });
  const ledger: { proxy?: Told } = {};
  let secrets: () => readonly Resource[] | Promise<readonly Resource[]> = () => [];
  const check = new SelfCheck({
    store,
    proxySnapshot,
    publisher,
    compile: translated,
    secrets: () => secrets(),
    ledger: () => ledger.proxy,
    onRepair: (...repair) => repairs.push(repair),
    onLag: (...lag) => lags.push(lag),
    onFailure: (...failure) => failures.push(failure),
  });
  return {
    ...{ publisher, check, told, repairs, lags, failures, ledger },
    ...changes,
    deafen: (deaf: boolean) => {
      state.deaf = deaf;
    },
    /** From now on the control loop makes this of a snapshot, and the check still what is right. */
    misremember: (remembered: typeof translated) => {
      compile = remembered;
    },
    lateSecrets: (late: typeof secrets) => {
      secrets = late;
    },
  };
}

test('what follows from the state is left alone', async () => {
  const { publisher, check, told, repairs, set, settled } = await scene();
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  await check.look('db');
  expect(told).toEqual(['db: v1']);
  expect(repairs).toEqual([]);
  expect(check.counters).toEqual({ proxiesChecked: 1, proxiesRepaired: 0 });
});

test('a change that has just been made is no fault', async () => {
  const { publisher, check, told, repairs, set, settled } = await scene();
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  await Promise.all([set(2), check.look('db'), set(3)]);
  expect(told.at(-1)).toBe('db: v3');
  expect(repairs).toEqual([]);
});

test('a lost wake-up is repaired and told, and the next change arrives by itself', async () => {
  const { publisher, check, told, repairs, deafen, set, settled } = await scene();
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  deafen(true);
  await set(2);
  await settled();
  expect(told).toEqual(['db: v1']);
  deafen(false);
  await check.look('db');
  expect(told).toEqual(['db: v1', 'db: v2']);
  expect(repairs).toEqual([['db', ['Cluster db']]]);
  expect(check.counters.proxiesRepaired).toBe(1);
  await set(3);
  await settled();
  expect(told.at(-1)).toBe('db: v3');
});

test('a proxy whose watch is dead is supplied all the same', async () => {
  const { publisher, check, told, repairs, deafen, set, unset, settled } = await scene();
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  deafen(true);
  await set(2);
  await check.look('db');
  await unset();
  await check.look('db');
  expect(told).toEqual(['db: v1', 'db: v2', 'db withdrawn']);
  expect(repairs).toHaveLength(2);
});

test('what is remembered wrongly is overruled once, and not fought over', async () => {
  const { publisher, check, told, repairs, misremember, set, settled } = await scene();
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  misremember(() => [{ typeUrl, name: 'db', hash: 'stale', body: new Uint8Array() }]);
  await set(2);
  await settled();
  await check.look('db');
  await check.look('db');
  expect(told).toEqual(['db: v1', 'db: stale', 'db: stale', 'db: v2']);
  expect(repairs).toHaveLength(1);
});

test('a proxy that left its first leaf waiting is checked when the leaf is there', async () => {
  const { publisher, check, repairs, failures, lateSecrets, set, settled } = await scene();
  await set(1);
  publisher.follow('db', 'wanted');
  await settled();
  lateSecrets(() => Promise.reject(new Error('no leaf')));
  await check.look('db');
  expect(failures).toEqual([['db', new Error('no leaf')]]);
  expect(repairs).toEqual([]);
});

test('a proxy that takes no notice is told of at the second look, not for what came in between', async () => {
  const { publisher, check, lags, ledger, set, settled } = await scene();
  const mark = { hash: 'v1', revision: 1, at: 0 };
  const known = {
    name: 'db',
    state: 'synced' as const,
    sent: mark,
    acked: mark,
    nacked: undefined,
  };
  ledger.proxy = { streams: 1, types: [{ typeUrl, resources: [known] }] };
  await set(1);
  publisher.follow('db', 'wanted');
  for (const version of [2, 3]) {
    await set(version);
    await settled();
    await check.look('db');
  }
  expect(lags).toEqual([]);
  await check.look('db');
  expect(lags).toEqual([['db', ['Cluster db v3']]]);
});

test('every proxy is looked at once in the given time, until the end', async () => {
  const { publisher, check, set } = await scene();
  for (const id of ['a', 'b', 'c']) {
    await set(1, id);
    publisher.follow(id, 'wanted');
  }
  check.start(30);
  await vi.waitFor(() => expect(check.counters.proxiesChecked).toBeGreaterThanOrEqual(6));
  check[Symbol.dispose]();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { proxiesChecked } = check.counters;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(check.counters.proxiesChecked).toBe(proxiesChecked);
});
