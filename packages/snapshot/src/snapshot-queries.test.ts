import { serviceRef } from '@chancery/identity';
import type { JsonObject } from '@chancery/model';
import { expect, test } from 'vitest';
import { meshed, openSnapshotLab, registration } from './testing/snapshot-lab.ts';

test('a snapshot holds everything a sidecar needs', async () => {
  const lab = await openSnapshotLab();
  await lab.register(meshed('web', { db: 9191 }));
  await lab.register(meshed('db'), 'n2');
  await lab.listen('db', 'passing', 'n2');
  await lab.deny('api', 'web');
  expect(lab.of('web')).toEqual({
    kind: 'sidecar',
    proxyId: 'web-sidecar-proxy',
    service: serviceRef('web'),
    datacenter: 'dc1',
    trustDomain: 'td.consul',
    publicListener: { address: '0.0.0.0', port: 21000 },
    localApp: { address: '127.0.0.1', port: 8080 },
    config: { localConnectTimeoutMs: 5000, bootstrap: { statsTags: [] } },
    rules: {
      destination: 'web',
      defaultAction: 'allow',
      rules: [
        {
          intention: { id: 'api-web', source: 'api', destination: 'web', action: 'deny' },
          precedence: 9,
        },
      ],
    },
    upstreams: [
      {
        upstream: expect.objectContaining({ destinationName: 'db', localBindPort: 9191 }),
        config: { connectTimeoutMs: 5000 },
        endpoints: {
          target: { service: serviceRef('db'), datacenter: 'dc1' },
          endpoints: [{ address: '10.0.0.2', port: 21000, weight: 1 }],
        },
      },
    ],
  });
});

test.each([
  [{}, {}, { address: '0.0.0.0', port: 21000 }],
  [{ address: '10.7.7.7' }, {}, { address: '10.7.7.7', port: 21000 }],
  [{ address: 'db.internal' }, {}, { address: '0.0.0.0', port: 21000 }],
  [
    { address: '10.7.7.7' },
    { bind_address: '127.0.0.2', bind_port: 7000 },
    { address: '127.0.0.2', port: 7000 },
  ],
])('a service %j with the proxy config %j listens at %j', async (rest, config, listener) => {
  const lab = await openSnapshotLab();
  await lab.register({ ...meshed('web', {}, { config }), ...rest });
  expect(lab.of('web')?.publicListener).toEqual(listener);
});

test('a local app behind a socket is reached by its path', async () => {
  const lab = await openSnapshotLab();
  await lab.register(meshed('web', {}, { local_service_socket_path: '/run/web.sock' }));
  expect(lab.of('web')?.localApp).toMatchObject({ socketPath: '/run/web.sock' });
});

test('an upstream may be bound to a socket', async () => {
  const lab = await openSnapshotLab();
  const upstreams = [{ destination_name: 'db', local_bind_socket_path: '/run/db.sock' }];
  await lab.register(meshed('web', {}, { upstreams }));
  expect(lab.of('web')?.upstreams[0]?.upstream).toMatchObject({
    localBindPort: 0,
    localBindSocketPath: '/run/db.sock',
  });
});

test('an upstream in another datacenter has no endpoints here', async () => {
  const lab = await openSnapshotLab();
  const upstreams = [{ destination_name: 'db', local_bind_port: 9191, datacenter: 'dc2' }];
  await lab.register(meshed('web', {}, { upstreams }));
  await lab.register(meshed('db'));
  await lab.listen('db', 'passing');
  expect(lab.of('web')?.upstreams[0]?.endpoints).toEqual({
    target: { service: serviceRef('db'), datacenter: 'dc2' },
    endpoints: [],
  });
});

test('the agent configures the proxies of its own node only', async () => {
  const lab = await openSnapshotLab();
  await lab.register(meshed('web'));
  await lab.register(meshed('db'), 'n2');
  expect(lab.of('web')?.proxyId).toBe('web-sidecar-proxy');
  expect(lab.of('db')).toBeUndefined();
  expect(lab.ask(lab.queries.proxyProblems, 'db-sidecar-proxy')).toEqual([
    { path: [], message: 'node "n1" has no proxy "db-sidecar-proxy"' },
  ]);
});

test('a service that is no proxy has no snapshot', async () => {
  const lab = await openSnapshotLab();
  await lab.register(meshed('web'));
  expect(lab.ask(lab.queries.proxySnapshot, 'web')).toBeUndefined();
});

/** A registration whose proxy and upstream configs say what no registration would let pass. */
function tampered(proxy: JsonObject, upstream: JsonObject): ReturnType<typeof registration> {
  const decoded = registration(meshed('web', { db: 9191, cache: 9192 }));
  const { sidecar } = decoded;
  const before = sidecar?.service.proxy;
  if (sidecar === undefined || before === undefined) throw new Error('there is no sidecar');
  const upstreams = before.upstreams.map((declared, at) =>
    at === 0 ? { ...declared, config: upstream } : declared,
  );
  const service = { ...sidecar.service, proxy: { ...before, config: proxy, upstreams } };
  return { ...decoded, sidecar: { ...sidecar, service } };
}

test('an upstream that cannot be read harms none but itself, and is told of', async () => {
  const lab = await openSnapshotLab();
  await lab.registerDecoded(tampered({}, { connect_timeout_ms: 'soon' }));
  expect(lab.of('web')?.upstreams.map(({ upstream }) => upstream.destinationName)).toEqual([
    'cache',
  ]);
  const problems = lab.ask(lab.queries.proxyProblems, 'web-sidecar-proxy');
  expect(problems.map(({ path }) => path)).toEqual([
    ['proxy', 'upstreams', 0, 'config', 'connect_timeout_ms'],
  ]);
});

test('a proxy whose own config cannot be read has no snapshot, and is told of', async () => {
  const lab = await openSnapshotLab();
  await lab.registerDecoded(tampered({ bind_port: 'x' }, {}));
  expect(lab.of('web')).toBeUndefined();
  const problems = lab.ask(lab.queries.proxyProblems, 'web-sidecar-proxy');
  expect(problems.map(({ path }) => path)).toEqual([['proxy', 'config', 'bind_port']]);
});

test('a sound proxy has no problems', async () => {
  const lab = await openSnapshotLab();
  await lab.register(meshed('web', { db: 9191 }));
  expect(lab.ask(lab.queries.proxyProblems, 'web-sidecar-proxy')).toEqual([]);
});
