import type { IntentionSource } from '@chancery/mesh-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MeshAgent, startMeshAgent } from '../testing/mesh-agent.ts';
import { chancery } from '../testing/stub-agent.ts';

type Explained = Awaited<ReturnType<IntentionSource['explain']>>;
type Question = Parameters<IntentionSource['explain']>[0];

const trustDomain = '11111111-2222-3333-4444-555555555555.consul';
const sni = `db.default.dc1.internal.${trustDomain}`;
const denyWeb = { source: 'web', destination: 'db', action: 'deny' } as const;
const allowAny = {
  ...{ source: '*', destination: 'db', description: 'for now' },
  permissions: [{ action: 'allow' }] as const,
};
const rule = { intention: denyWeb, precedence: 9 };

function regex(name: string): object {
  const pattern = `^spiffe://${trustDomain}/ns/default/dc/[^/]+/svc/${name}$`;
  return { authenticated: { principal_name: { safe_regex: { regex: pattern } } } };
}

const excluded = Array.from({ length: 8 }, (_, at) => ({ not_id: regex(`s${at}`) }));
const principal = { and_ids: { ids: [regex('web'), ...excluded] } };

const upstream: Explained['upstreams'][number] = {
  proxy: 'web-sidecar-proxy',
  listener: '127.0.0.1:9191',
  listenerName: 'db:127.0.0.1:9191',
  cluster: sni,
  sni,
  expectedSan: `spiffe://${trustDomain}/ns/default/dc/dc1/svc/db`,
  endpoints: [
    {
      ...{ instance: 'db-sidecar-proxy', node: 'n1', address: '10.0.0.1:21000' },
      ...{ health: 'passing', used: true, note: '' },
    },
    {
      ...{ instance: 'db-2-sidecar-proxy', node: 'n1', address: '10.0.0.1:21001' },
      ...{ health: 'critical', used: false, note: 'check alive: refused' },
    },
  ],
};

const enforcing: Explained['enforcing'][number] = {
  proxy: 'db-sidecar-proxy',
  filter: 'envoy.filters.network.rbac',
  clause: {
    action: 'DENY',
    policies: { 'web => db': { permissions: [{ any: true }], principals: [principal] } },
  },
  effect: 'keeps web out: it meets the policy "web => db"',
  allowed: false,
  logged: 'web => db (deny)',
  standing: { state: 'synced', connected: true, detail: '' },
};

const denied: Explained = {
  question: { source: 'web', destination: 'db' },
  allowed: false,
  summary: 'web may not connect to db: web => db (deny) decides, with precedence 9',
  revision: 42,
  verdict: { allowed: false, reason: { kind: 'rule', rule } },
  upstreams: [upstream, { ...upstream, proxy: 'web-2-sidecar-proxy' }],
  moreSidecars: 0,
  considered: [
    { rule, outcome: 'decides', why: 'it is the first that speaks of web' },
    {
      rule: { intention: allowAny, precedence: 8 },
      outcome: 'outranked',
      why: 'web => db (deny) comes before it',
    },
  ],
  defaultAction: 'allow',
  enforcing: [
    enforcing,
    {
      ...enforcing,
      proxy: 'db-2-sidecar-proxy',
      standing: { state: 'pending', connected: true, detail: 'for 120 ms' },
    },
    {
      ...enforcing,
      proxy: 'db-3-sidecar-proxy',
      standing: { state: 'not-subscribed', connected: false, detail: 'it has no stream' },
    },
  ],
  obstacles: ['db-3-sidecar-proxy is not connected'],
};

const allowed: Explained = {
  ...denied,
  question: { source: 'api', destination: 'db' },
  allowed: true,
  summary: 'api may connect to db: no intention speaks of it, and the default is allow',
  verdict: { allowed: true, reason: { kind: 'default', action: 'allow' } },
  upstreams: [],
  considered: [],
  enforcing: [],
  obstacles: [],
  request: {
    allowed: false,
    reason: { kind: 'rule', rule },
    summary: 'denied: permission 1 of web => db (1 permission) decides',
    permissions: [
      {
        position: 0,
        permission: {
          action: 'deny',
          http: { pathPrefix: '/v1', methods: ['GET'], header: [{ name: 'X-A', exact: 'b' }] },
        },
        outcome: 'decides',
        why: 'it is the first that the request looks like',
      },
    ],
  },
};

const asked: Question[] = [];
let agent: MeshAgent;
beforeAll(async () => {
  const verify = (): never => {
    throw new Error('not asked here');
  };
  const explain: IntentionSource['explain'] = (question) => {
    asked.push(question);
    return question.source === 'web' ? denied : allowed;
  };
  agent = await startMeshAgent({ intentions: { verify, explain } });
});
afterAll(() => agent[Symbol.asyncDispose]());

describe('chancery explain', () => {
  test('follows a denied connection from listener to rule, and exits 1', async () => {
    const printed = await chancery(['explain', 'web', 'db'], agent);
    expect(printed.code).toBe(1);
    expect(printed.err).toBe('');
    expect(printed.out).toMatchInlineSnapshot(`
      "Denied: web may not connect to db: web => db (deny) decides, with precedence 9
      ! db-3-sidecar-proxy is not connected

      Upstream of web-sidecar-proxy, web-2-sidecar-proxy
        listener   127.0.0.1:9191 (db:127.0.0.1:9191)
        cluster    db.default.dc1.internal.11111111….consul
        SNI        the name of the cluster
        peer       spiffe://11111111….consul/ns/default/dc/dc1/svc/db
        endpoints  1 of 2 used
          used      10.0.0.1:21000  passing   db-sidecar-proxy on n1
          not used  10.0.0.1:21001  critical  db-2-sidecar-proxy on n1: check alive:
                                              refused

      Intentions for db, as they are tried, with their precedence
        decides      web => db (deny)        9  it is the first that speaks of web
        outranked    * => db (1 permission)  8  web => db (deny) comes before it (for
                                                now)
        not reached  default (allow)

      Filter envoy.filters.network.rbac
        keeps web out: it meets the policy "web => db"
        DENY web => db
          ^spiffe://11111111….consul/ns/default/dc/[^/]+/svc/web$
          not ^spiffe://11111111….consul/ns/default/dc/[^/]+/svc/s0$
          not ^spiffe://11111111….consul/ns/default/dc/[^/]+/svc/s1$
          not ^spiffe://11111111….consul/ns/default/dc/[^/]+/svc/s2$
          not ^spiffe://11111111….consul/ns/default/dc/[^/]+/svc/s3$
          not ^spiffe://11111111….consul/ns/default/dc/[^/]+/svc/s4$
          and 3 more
        In its access log: web => db (deny)
        SYNCED         db-sidecar-proxy
        PENDING        db-2-sidecar-proxy  for 120 ms
        NOT CONNECTED  db-3-sidecar-proxy  it has no stream"
    `);
  });

  test('says what the intentions would have of a request, and exits 0 where connections are allowed', async () => {
    asked.length = 0;
    const line = ['explain', '-method', 'GET', '-path', '/v1', '-header', 'X-A=b', 'api', 'db'];
    const printed = await chancery(line, agent);
    expect(printed.code).toBe(0);
    expect(asked).toEqual([
      { source: 'api', destination: 'db', method: 'GET', path: '/v1', headers: { 'X-A': 'b' } },
    ]);
    expect(printed.out).toMatchInlineSnapshot(`
      "Allowed: api may connect to db: no intention speaks of it, and the default is
      allow

      Request denied: permission 1 of web => db (1 permission) decides
        decides  1  deny  GET /v1*, header X-A is b  it is the first that the request
                                                     looks like

      Intentions for db, as they are tried, with their precedence
        decides  default (allow)    no intention speaks of the source"
    `);
  });

  test('prints JSON as an RPC is answered', async () => {
    const { code, out } = await chancery(['explain', '-format', 'json', 'web', 'db'], agent);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      allowed: false,
      winner: 'web => db (deny)',
      revision: '42',
      considered: [
        { effect: 'deny', outcome: 'OUTCOME_DECIDES' },
        { effect: '1 permission', description: 'for now' },
      ],
      enforcing: [{ state: 'SYNC_STATE_SYNCED', clause: { action: 'DENY' } }, {}, {}],
    });
  });

  test.each([
    [['web'], 'Error: command requires exactly two arguments: src and dst'],
    [
      ['other/web', 'db'],
      'Error: "other/web" names a namespace or partition; only "default" exists here',
    ],
    [['-header', 'a', 'web', 'db'], 'invalid value "a" for flag -header: it must be key=value'],
    [
      ['-path', 'v1', 'web', 'db'],
      'Error explaining the connection: path: v1 does not begin with a slash',
    ],
  ])('%j exits 2: %s', async (line, err) => {
    const printed = await chancery(['explain', ...line], agent);
    expect(printed).toMatchObject({ code: 2, out: '', err });
  });
});
