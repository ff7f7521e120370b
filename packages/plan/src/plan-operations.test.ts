import { catalogTables, instances, registerNode, registerService } from '@chancery/catalog';
import { changeConfigEntries, configEntryTables } from '@chancery/config-entries';
import { decodeConfigEntry, decodeServiceRegistration } from '@chancery/model';
import { createSnapshotQueries } from '@chancery/snapshot';
import { commit, type Operation, put, remove, type Store, type View } from '@chancery/store';
import { memoryStore, StoreUnderTest } from '@chancery/testing';
import { createTranslator } from '@chancery/xds-translator';
import { expect, test } from 'vitest';
import { type PlanParts, planDigest, planOperations, telling } from './index.ts';

const settings = { trustDomain: 'td.consul', datacenter: 'dc1', node: 'n1' } as const;
const { proxySnapshot } = createSnapshotQueries({ ...settings, defaultAction: 'allow' });

/** A mesh of `web`, which dials `db`, and two instances of `db`. */
async function meshLab() {
  const store = await memoryStore([...catalogTables, ...configEntryTables]);
  const lab = new StoreUnderTest(store);
  const rest = { datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await lab.run(registerNode, { id: '', node: 'n1', address: '10.0.0.1', ...rest });
  const upstream = { destination_name: 'db', local_bind_port: 9191 };
  const sidecar = (proxy: object) => ({ port: 8080, connect: { sidecar_service: { proxy } } });
  await register(lab, { name: 'web', ...sidecar({ upstreams: [upstream] }) });
  await register(lab, { name: 'db', id: 'db-1', ...sidecar({}) });
  await register(lab, { name: 'db', id: 'db-2', ...sidecar({}) });
  const translator = createTranslator();
  const parts: PlanParts = {
    proxySnapshot,
    compile: (snapshot) => translator.compile(snapshot),
    proxies: sidecars,
    isConnected: (proxyId) => proxyId === 'db-1-sidecar-proxy',
    defaultAction: 'allow',
    tell: telling([]),
  };
  return { store, parts, translator };
}

async function register(lab: StoreUnderTest, declaration: object): Promise<void> {
  const decoded = decodeServiceRegistration(declaration, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  const sidecarPorts = { min: 21000, max: 21255 };
  const registration = decoded.value;
  await lab.run(registerService, {
    ...{ node: 'n1', registration, replaceExistingChecks: false, sidecarPorts },
  });
}

function sidecars(view: View): readonly string[] {
  const found = view.by(instances, 'node', 'n1').filter(({ service }) => service.proxy);
  return found.map(({ service }) => service.id);
}

function writing(store: Store, value: object): readonly Operation[] {
  const decoded = decodeConfigEntry(value, { casing: 'http' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  const entries = [{ entry: decoded.value, origin: 'test' }];
  const change = { entries, deletions: [], prune: false, datacenter: 'dc1' };
  const decision = changeConfigEntries(store.view, { name: 'test' }, change);
  if (decision.kind === 'refuse') throw new Error(decision.refusal.message);
  return decision.operations;
}

const denied = {
  Kind: 'service-intentions',
  Name: 'db',
  Sources: [{ Name: 'web', Action: 'deny' }],
};

test('a plan tells the entry, the pair that flips, and the one resource that all sidecars of the destination share', async () => {
  const { store, parts } = await meshLab();
  const plan = planOperations(store.view, writing(store, denied), parts);
  expect(plan).toMatchObject({
    revision: store.view.revision,
    changes: [{ kind: 'service-intentions', name: 'db', action: 'create' }],
    flips: [{ source: 'web', destination: 'db', allowedBefore: true, allowedAfter: false }],
    proxies: [
      { proxyId: 'db-1-sidecar-proxy', service: 'db', connected: true },
      { proxyId: 'db-2-sidecar-proxy', service: 'db', connected: false },
    ],
    proxiesConsidered: 3,
    warnings: [],
  });
  const [first, second] = plan.proxies.map(({ resources }) => resources);
  expect(first).toMatchObject([
    { name: 'envoy.filters.network.rbac', action: 'update', drain: { kind: 'nothing' } },
  ]);
  expect(first?.[0]?.fields.length).toBeGreaterThan(0);
  expect(second?.[0]).toBe(first?.[0]);
});

test('only what is affected is compiled', async () => {
  const { store, parts, translator } = await meshLab();
  planOperations(store.view, writing(store, denied), parts);
  const { encodings } = translator;
  planOperations(store.view, writing(store, denied), parts);
  // The rules of the one destination, once more.
  expect(translator.encodings - encodings).toBe(1);
});

test('a listener that has to be replaced is told with what Envoy drains', async () => {
  const { store, parts } = await meshLab();
  const logged = { Kind: 'proxy-defaults', Name: 'global', AccessLogs: { Enabled: true } };
  const { proxies } = planOperations(store.view, writing(store, logged), parts);
  const listeners = proxies.flatMap(({ resources }) =>
    resources.filter(({ typeUrl }) => typeUrl.endsWith('.Listener')),
  );
  expect(listeners.length).toBeGreaterThan(0);
  expect(
    listeners.every(({ action, drain }) => action === 'update' && drain.kind !== 'nothing'),
  ).toBe(true);
});

test('a proxy that goes takes its resources along', async () => {
  const { store, parts } = await meshLab();
  const gone = store.view
    .by(instances, 'node', 'n1')
    .filter(({ service }) => service.id === 'db-2-sidecar-proxy');
  const operations = gone.map((row) => remove(instances, instances.key(row)));
  const { proxies, proxiesConsidered } = planOperations(store.view, operations, parts);
  expect(proxiesConsidered).toBe(3);
  expect(proxies.map(({ proxyId }) => proxyId)).toEqual(['db-2-sidecar-proxy']);
  expect(new Set(proxies[0]?.resources.map(({ action }) => action))).toEqual(new Set(['delete']));
});

test('a proxy that comes is sent resources that it had not', async () => {
  const { store, parts } = await meshLab();
  const rows = store.view
    .by(instances, 'node', 'n1')
    .filter(({ service }) => service.id === 'db-2-sidecar-proxy');
  const lab = new StoreUnderTest(store);
  const all = (operation: (row: (typeof rows)[number]) => Operation) => rows.map(operation);
  await lab.run(
    () =>
      commit(
        all((row) => remove(instances, instances.key(row))),
        undefined,
      ),
    {},
  );
  const operations = all((row) => put(instances, row));
  const { proxies } = planOperations(store.view, operations, parts);
  expect(proxies.map(({ proxyId }) => proxyId)).toEqual(['db-2-sidecar-proxy']);
  const [made = []] = proxies.map(({ resources }) => resources);
  expect(new Set(made.map(({ action }) => action))).toEqual(new Set(['create']));
  expect(made.map(({ name }) => name)).toContain('local_app');
  expect(made.every(({ versionBefore, versionAfter }) => !versionBefore && versionAfter)).toBe(
    true,
  );
});

test('nothing comes of no operation', async () => {
  const { store, parts } = await meshLab();
  const plan = planOperations(store.view, [], parts);
  expect(plan).toMatchObject({ changes: [], flips: [], proxies: [], proxiesConsidered: 3 });
});

test('the digest is that of the change and its effects, and of nothing else', async () => {
  const { store, parts } = await meshLab();
  const digest = (value: object): string => planDigest(store.view, writing(store, value), parts);
  const first = digest(denied);
  expect(planOperations(store.view, writing(store, denied), parts).digest).toBe(first);
  const lab = new StoreUnderTest(store);
  await register(lab, { name: 'other', port: 1 });
  expect(digest(denied)).toBe(first);
  expect(digest({ ...denied, Sources: [{ Name: 'api', Action: 'deny' }] })).not.toBe(first);
  await register(lab, { name: 'db', id: 'db-3', port: 1, connect: { sidecar_service: {} } });
  expect(digest(denied)).not.toBe(first);
});

test('what could be translated and no longer can is warned of', async () => {
  const { store, parts } = await meshLab();
  const refusing: PlanParts = {
    ...parts,
    compile: (snapshot) => {
      const compiled = parts.compile(snapshot);
      const isDenied = snapshot.rules.rules.length > 0;
      const message = 'it cannot be said';
      const told = { code: 'intentions-not-compiled', resource: 'x', message } as const;
      return { ...compiled, diagnostics: isDenied ? [told] : [] };
    },
  };
  const { warnings } = planOperations(store.view, writing(store, denied), refusing);
  expect(warnings).toEqual([
    'db-1-sidecar-proxy: it cannot be said',
    'db-2-sidecar-proxy: it cannot be said',
  ]);
});
