import { expect, test } from 'vitest';
import { meshed, openExplainLab } from './testing/explain-lab.ts';

test('a connection is followed from the listener to the rule', async () => {
  const lab = await openExplainLab();
  await lab.intend('db', 'web:deny api:allow *:allow');
  const explained = lab.explain('web', 'db');
  expect(explained).toMatchObject({
    allowed: false,
    summary: 'web may not connect to db: web => db (deny) decides, with precedence 9',
    revision: lab.store.view.revision,
    defaultAction: 'allow',
    obstacles: [],
  });
  expect(explained.upstreams).toEqual([
    {
      proxy: 'web-sidecar-proxy',
      listener: '127.0.0.1:9191',
      listenerName: 'db:127.0.0.1:9191',
      cluster: 'db.default.dc1.internal.td.consul',
      sni: 'db.default.dc1.internal.td.consul',
      expectedSan: 'spiffe://td.consul/ns/default/dc/dc1/svc/db',
      endpoints: [
        {
          instance: 'db-sidecar-proxy',
          node: 'n1',
          address: '10.0.0.1:21000',
          health: 'passing',
          used: true,
          note: '',
        },
      ],
    },
  ]);
  expect(explained.considered.map(({ outcome }) => outcome)).toEqual([
    'other-source',
    'decides',
    'outranked',
  ]);
  expect(explained.enforcing).toEqual([
    {
      proxy: 'db-sidecar-proxy',
      filter: 'envoy.filters.network.rbac',
      clause: { action: 'DENY', policies: { 'web => db': expect.objectContaining({}) } },
      effect: 'keeps web out: it meets the policy "web => db"',
      allowed: false,
      logged: 'web => db (deny)',
      standing: { state: 'synced', connected: true, detail: '' },
    },
  ]);
});

test('where no clause matches, the lack of one is what decides', async () => {
  const lab = await openExplainLab();
  expect(lab.explain('web', 'db').enforcing[0]).toMatchObject({
    clause: undefined,
    effect: 'lets web in: no policy denies it',
    logged: 'default (allow)',
  });
  lab.defaultAction = 'deny';
  expect(lab.explain('web', 'db')).toMatchObject({
    allowed: false,
    enforcing: [{ effect: 'keeps web out: no policy allows it', logged: 'default (deny)' }],
  });
});

test('a misspelt service is told with the one that was meant', async () => {
  const lab = await openExplainLab();
  expect(lab.explain('wbe', 'db').obstacles).toEqual([
    'there is no service "wbe": did you mean "web"?',
  ]);
  expect(lab.explain('web', 'payments').obstacles).toEqual([
    'there is no service "payments"',
    'web-sidecar-proxy has no upstream payments: add it to its proxy.upstreams',
  ]);
});

test('the sign for all services is told to be none of them', async () => {
  const lab = await openExplainLab();
  expect(lab.explain('*', 'db').obstacles).toEqual([
    '"*" stands for all services: name one to have its way explained',
  ]);
  expect(lab.explain('web', '*').obstacles).toEqual([
    '"*" stands for all services: name one to have its way explained',
  ]);
});

test('who asks about a sidecar is told whose it is', async () => {
  const lab = await openExplainLab();
  expect(lab.explain('web-sidecar-proxy', 'db').obstacles).toEqual([
    'web-sidecar-proxy is the sidecar of web: ask about web',
  ]);
});

test('a source without a sidecar, and one without the upstream, cannot get there', async () => {
  const lab = await openExplainLab();
  await lab.register({ name: 'batch', port: 8080 });
  await lab.register(meshed('api'));
  expect(lab.explain('batch', 'db').obstacles).toEqual([
    'batch has no sidecar: declare one with connect { sidecar_service {} }',
  ]);
  expect(lab.explain('api', 'db').obstacles).toEqual([
    'api-sidecar-proxy has no upstream db: add it to its proxy.upstreams',
  ]);
});

test('a destination without a sidecar, or whose endpoints are all critical, is not reached', async () => {
  const lab = await openExplainLab();
  await lab.register({ name: 'cache', port: 8080 });
  await lab.register(meshed('web', { db: 9191, cache: 9192 }));
  expect(lab.explain('web', 'cache').obstacles).toEqual([
    'cache has no sidecar, and nobody else takes its connections',
  ]);
  await lab.listen('db', 'critical', 'dial tcp 10.0.0.1:21000: refused\nand more');
  const { obstacles, upstreams } = lab.explain('web', 'db');
  expect(obstacles).toEqual(['no endpoint of db is used: all are critical']);
  expect(upstreams[0]?.endpoints).toMatchObject([
    {
      health: 'critical',
      used: false,
      note: 'check Connect Sidecar Listening: dial tcp 10.0.0.1:21000: refused',
    },
  ]);
});

test('a destination sidecar that does not have the rules yet is told, and what it does instead', async () => {
  const lab = await openExplainLab();
  const filter = 'db-sidecar-proxy envoy.filters.network.rbac';
  lab.standings.set(filter, { state: 'pending', connected: true, detail: 'sent 120 ms ago' });
  expect(lab.explain('web', 'db').obstacles).toEqual([
    'db-sidecar-proxy does not have envoy.filters.network.rbac: sent 120 ms ago; it enforces what it had before',
  ]);
  lab.standings.set(filter, { state: 'not-subscribed', connected: false, detail: '' });
  expect(lab.explain('web', 'db').obstacles).toEqual([
    'db-sidecar-proxy is not connected: it does what it was told last, if it runs',
  ]);
});

test('what a proxy of the source refused is told', async () => {
  const lab = await openExplainLab();
  const refused = {
    state: 'rejected',
    connected: true,
    detail: 'refused: address in use',
  } as const;
  lab.standings.set('web-sidecar-proxy db:127.0.0.1:9191', refused);
  expect(lab.explain('web', 'db').obstacles).toEqual([
    'web-sidecar-proxy does not take the listener db:127.0.0.1:9191: refused: address in use',
  ]);
});

test('proxies of another node are told to be those of another agent', async () => {
  const lab = await openExplainLab();
  await lab.register({ ...meshed('db'), id: 'db-2' }, 'n2');
  const { enforcing, obstacles, upstreams } = lab.explain('web', 'db');
  expect(enforcing.map(({ proxy, allowed }) => [proxy, allowed])).toEqual([
    ['db-sidecar-proxy', true],
    ['db-2-sidecar-proxy', undefined],
  ]);
  expect(obstacles).toEqual(['db-2-sidecar-proxy: the agent of the node n2 configures it']);
  expect(upstreams[0]?.endpoints.map(({ address, used }) => [address, used])).toEqual([
    ['10.0.0.1:21000', true],
    ['10.0.0.2:21000', false],
  ]);
});

test('each sidecar of the destination is looked at in a step of its own', async () => {
  const lab = await openExplainLab();
  for (let at = 2; at < 12; at += 1) await lab.register({ ...meshed('db'), id: `db-${at}` });
  const steps = lab.steps('web', 'db');
  let taken = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) taken += 1;
  expect(step.value.enforcing).toHaveLength(11);
  expect(taken).toBeGreaterThanOrEqual(11);
  expect(step.value).toEqual(lab.explain('web', 'db'));
});

test('an upstream in another datacenter leads to what is not known here', async () => {
  const lab = await openExplainLab();
  const upstreams = [{ destination_name: 'db', local_bind_port: 9191, datacenter: 'dc2' }];
  const sidecar_service = { proxy: { upstreams } };
  await lab.register({ name: 'web', port: 8080, connect: { sidecar_service } });
  const explained = lab.explain('web', 'db');
  expect(explained.upstreams[0]?.endpoints).toEqual([]);
  expect(explained.obstacles).toEqual([
    'web-sidecar-proxy looks for it in the datacenter dc2, of which nothing is known here',
  ]);
});

test('what permissions say of a request is told, and that no proxy tells requests apart yet', async () => {
  const lab = await openExplainLab();
  await lab.write({ kind: 'service-defaults', name: 'db', protocol: 'http' });
  const permissions = [{ action: 'allow', http: { path_prefix: '/v1', methods: ['GET'] } }];
  await lab.write({
    kind: 'service-intentions',
    name: 'db',
    sources: [{ name: 'web', permissions }],
  });
  const explained = lab.explain('web', 'db', { method: 'get', path: '/v1/users' });
  expect(explained).toMatchObject({ allowed: false, request: { allowed: true } });
  expect(explained.obstacles).toEqual([
    'the intentions would have this request allowed; proxies do not tell requests apart yet: they deny the whole connection',
  ]);
  expect(lab.explain('web', 'db').request).toBeUndefined();
  expect(lab.explain('web', 'db', { path: '/' }).request?.permissions[0]?.why).toBe(
    'the path does not begin with /v1',
  );
});

test('where a token is asked for, it is said that nobody passes', async () => {
  const lab = await openExplainLab();
  const jwt = { providers: [{ name: 'okta' }] };
  const json_web_key_set = { local: { filename: '/keys' } };
  await lab.write({ kind: 'jwt-provider', name: 'okta', json_web_key_set });
  await lab.write({ kind: 'service-defaults', name: 'db', protocol: 'http' });
  const sources = [{ name: 'web', action: 'allow' }];
  await lab.write({ kind: 'service-intentions', name: 'db', jwt, sources });
  const { allowed, obstacles } = lab.explain('web', 'db');
  expect(allowed).toBe(false);
  expect(obstacles).toEqual([
    'service-intentions/db asks every request for a token, and no proxy checks tokens yet: nobody passes',
  ]);
});

test('of many sidecars of the source the first are looked at, and the others counted', async () => {
  const lab = await openExplainLab();
  for (let at = 0; at < 15; at++) {
    await lab.register({ ...meshed('many', { db: 9200 + at }), id: `many-${at}` });
  }
  const { upstreams, moreSidecars, obstacles } = lab.explain('many', 'db');
  expect(upstreams).toHaveLength(10);
  expect(moreSidecars).toBe(5);
  expect(obstacles).toEqual([]);
});

test('obstacles without end are cut off, and counted', async () => {
  const lab = await openExplainLab();
  for (let at = 0; at < 60; at++) {
    await lab.register({ ...meshed('db'), id: `db-${at}` }, 'n2');
  }
  const { obstacles } = lab.explain('web', 'db');
  expect(obstacles).toHaveLength(51);
  expect(obstacles.at(-1)).toBe('and 10 more');
});
