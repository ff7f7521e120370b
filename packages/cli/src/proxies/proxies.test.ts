import {
  type ProxyResourceState,
  type ProxySource,
  type ProxyState,
  type ProxyTypeState,
  type Rejection,
  type TypeName,
  typeNames,
} from '@chancery/mesh-api';
import { describe, expect, test } from 'vitest';
import { startMeshAgent } from '../testing/mesh-agent.ts';
import { chancery, type Printed } from '../testing/stub-agent.ts';

function typeState(type: TypeName, state: Partial<ProxyTypeState> = {}): ProxyTypeState {
  const versions = { versionSent: '0123456789abcdef', versionAcknowledged: '0123456789abcdef' };
  return {
    type,
    typeUrl: type,
    state: 'synced',
    resources: 2,
    ...versions,
    rejections: [],
    ...state,
  };
}

function proxy(
  id: string,
  states: { readonly [type in TypeName]?: Partial<ProxyTypeState> } = {},
  rest: Partial<ProxyState> = {},
): ProxyState {
  return {
    id,
    service: id.replace('-sidecar-proxy', ''),
    node: 'here',
    streams: 1,
    streamSince: Date.now() - 3_600_000,
    userAgent: 'envoy 1.40.0',
    certificateExpiresAt: Date.now() + 71.5 * 3_600_000,
    builtRevision: 12,
    acknowledgedRevision: 12,
    types: typeNames.map((type) => typeState(type, states[type])),
    problems: [],
    ...rest,
  };
}

const refused: Rejection = {
  reason: 'Error adding/updating cluster(s) local_app: malformed IP address: some.host',
  resource: 'local_app',
  path: 'load_assignment.endpoints[0]',
  origin: {
    kind: 'service',
    name: 'db-sidecar-proxy',
    path: 'Proxy.Config.envoy_local_cluster_json',
    author: 'alice',
    revision: 7,
  },
  at: Date.now() - 30 * 60_000,
  version: 'abc',
};

const web = proxy('web-sidecar-proxy', {
  rds: { state: 'not-subscribed', resources: 0, versionSent: '', versionAcknowledged: '' },
  ecds: { state: 'pending', pendingForMs: 4_200, versionAcknowledged: 'fedcba98' },
});
const db = proxy(
  'db-sidecar-proxy',
  { cds: { state: 'rejected', rejections: [refused] } },
  { acknowledgedRevision: 0 },
);
const fine = proxy('fine-sidecar-proxy');
const absent = proxy('api-sidecar-proxy', {}, { streams: 0 });

const resource: ProxyResourceState = {
  type: 'cds',
  name: 'local_app',
  state: 'rejected',
  desired: { name: 'local_app', connect_timeout: '5s' },
  desiredVersion: 'aaaaaaaaaaaa',
  acknowledgedVersion: 'bbbbbbbbbbbb',
  acknowledged: { name: 'local_app', connect_timeout: '1s' },
  fields: [{ path: 'connect_timeout', before: '1s', after: '5s' }],
  rejections: [refused],
};

async function printed(line: string, ...proxies: readonly ProxyState[]): Promise<Printed> {
  const source: ProxySource = {
    list: async (wanted) =>
      proxies.filter(({ id, service }) => [undefined, id, service].includes(wanted)),
    config: async (id, type) => {
      const found = proxies.find((each) => each.id === id);
      const resources = type === undefined || type === 'cds' ? [resource] : [];
      return found && { proxy: found, resources };
    },
    applied: () => Promise.reject(new Error('not asked here')),
  };
  await using agent = await startMeshAgent({ proxies: source });
  return await chancery(line, agent);
}

describe('the table', () => {
  test('shows each type of each proxy, what is behind and why, and which proxies are not connected', async () => {
    const { code, out } = await printed('proxies', absent, db, fine, web);
    expect(out).toBe(`\
Proxy               CDS       EDS     LDS     RDS     SDS     ECDS
db-sidecar-proxy    REJECTED  SYNCED  SYNCED  SYNCED  SYNCED  SYNCED
fine-sidecar-proxy  SYNCED    SYNCED  SYNCED  SYNCED  SYNCED  SYNCED
web-sidecar-proxy   SYNCED    SYNCED  SYNCED  -       SYNCED  PENDING
api-sidecar-proxy   not connected

db-sidecar-proxy
  It refused cds local_app 30 min ago:
    why    Error adding/updating cluster(s) local_app: malformed IP address:
           some.host
    where  load_assignment.endpoints[0]
    from   service db-sidecar-proxy, Proxy.Config.envoy_local_cluster_json
           (written by alice at revision 7)

web-sidecar-proxy
  It has not acknowledged ecds for 4.2 s

4 proxies, 3 connected, 1 with something refused, 1 with something pending`);
    expect(code).toBe(2);
  });

  test('keeps a row whole, however long the name of a proxy', async () => {
    const id = `${'long-'.repeat(20)}sidecar-proxy`;
    const { out } = await printed('proxies', { ...fine, id }, { ...absent, id: `${id}-2` });
    expect(out).toMatch(new RegExp(`^${id}    SYNCED .*SYNCED$`, 'm'));
    expect(out).toMatch(new RegExp(`^${id}-2  not connected$`, 'm'));
  });

  test('is no failure where all is acknowledged, nor where there is nobody', async () => {
    expect(await printed('proxies', fine, absent)).toMatchObject({ code: 0 });
    expect(await printed('proxies')).toMatchObject({
      code: 0,
      out: 'No proxy is registered, and none is connected.',
    });
  });
});

describe('one proxy', () => {
  test('is shown with since when it is connected, its certificate, its revisions and its versions', async () => {
    const { code, out } = await printed('proxies web', web, db);
    expect(out).toBe(`\
Proxy        web-sidecar-proxy
Service      web
Node         here
Connected    yes, for 60 min
Client       envoy 1.40.0
Certificate  ends in 2 d
Revision     built from 12, acknowledged 12

Type  State           Resources  Sent      Acknowledged  Last ack
cds   SYNCED          2          01234567  01234567      -
eds   SYNCED          2          01234567  01234567      -
lds   SYNCED          2          01234567  01234567      -
rds   NOT SUBSCRIBED
sds   SYNCED          2          01234567  01234567      -
ecds  PENDING 4.2 s   2          01234567  fedcba98      -`);
    expect(code).toBe(2);
  });

  test('that could not be configured as declared tells why', async () => {
    const problem = { code: 'name-taken', resource: 'db', message: 'a second one is left out' };
    const { code, out } = await printed('proxies web', {
      ...fine,
      service: 'web',
      problems: [problem],
    });
    expect(out).toContain('A problem of db (name-taken):\n  what   a second one is left out');
    expect(code).toBe(0);
  });

  test('that does not exist is an error', async () => {
    expect(await printed('proxies none', web)).toMatchObject({
      code: 1,
      err: 'Error asking about the proxies: no proxy and no service with a proxy is called "none"',
    });
  });

  test('as JSON has every field', async () => {
    const { out } = await printed('proxies -format json db-sidecar-proxy', db);
    const { proxies } = JSON.parse(out);
    expect(proxies[0].types[0]).toMatchObject({
      type: 'cds',
      state: 'SYNC_STATE_REJECTED',
      rejections: [{ resource: 'local_app', origin: { author: 'alice', revision: '7' } }],
    });
  });
});

describe('the configuration', () => {
  test('is shown resource by resource, with how it differs from what was acknowledged', async () => {
    const { code, out } = await printed('proxies -config -type cds db', db);
    expect(out).toBe(`\
cds local_app: REJECTED
  It refused cds local_app 30 min ago:
    why    Error adding/updating cluster(s) local_app: malformed IP address:
           some.host
    where  load_assignment.endpoints[0]
  is to have aaaaaaaa, has acknowledged bbbbbbbb
  from what it has to what it is to have:
    ~ connect_timeout: "1s" -> "5s"
{
  "name": "local_app",
  "connect_timeout": "5s"
}`);
    expect(code).toBe(2);
  });

  test('as JSON is what the RPC answers', async () => {
    const { out } = await printed('proxies -config -format json db-sidecar-proxy', db);
    expect(JSON.parse(out).resources[0]).toMatchObject({
      state: 'SYNC_STATE_REJECTED',
      desired: { connect_timeout: '5s' },
      acknowledged: { connect_timeout: '1s' },
    });
  });

  test('may be empty', async () => {
    const { out } = await printed('proxies -config -type rds db', db);
    expect(out).toBe('There is nothing for db-sidecar-proxy.');
  });

  test.for([
    ['-config', '-config is about one proxy: give its ID'],
    ['-type cds db', '-type goes with -config'],
    ['a b', 'Too many arguments (expected 1 at most, got 2)'],
    ['-config web', '"web" has 2 proxies, name one of them: a, b'],
  ] as const)('%s: %s', async ([line, err]) => {
    const two = ['a', 'b'].map((id) => ({ ...fine, id, service: 'web' }));
    expect(await printed(`proxies ${line}`, ...two)).toMatchObject({ code: 1, err });
  });
});
