import { describe, expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

const root = '/v1/connect/intentions';

function create(agent: InMemoryAgent, source: string, destination: string, action: string) {
  const body = { SourceName: source, DestinationName: destination, Action: action };
  return ask(agent, `POST ${root}`, { body });
}

describe('single intentions', () => {
  test('one that was created is shown with its ID, times and precedence', async () => {
    await using agent = await startInMemoryAgent();
    const body = { SourceName: 'web', DestinationName: 'db', Action: 'deny', Meta: { k: 'v' } };
    const created = await ask(agent, `POST ${root}`, { body });
    expect(created.json).toEqual({ ID: '00000000-0000-4000-8000-000000000001' });
    const index = agent.store.view.revision;
    const shown = {
      CreatedAt: '2026-11-23T15:23:25.000Z',
      UpdatedAt: '2026-11-23T15:23:25.000Z',
      ID: '00000000-0000-4000-8000-000000000001',
      SourceNS: 'default',
      SourceName: 'web',
      DestinationNS: 'default',
      DestinationName: 'db',
      SourceType: 'consul',
      Action: 'deny',
      Meta: { k: 'v' },
      Precedence: 9,
      CreateIndex: index,
      ModifyIndex: index,
    };
    expect((await ask(agent, `GET ${root}/exact?source=web&destination=db`)).json).toEqual(shown);
    expect((await ask(agent, `GET ${root}/${created.json.ID}`)).json).toEqual(shown);
    expect((await ask(agent, `GET ${root}`)).json).toEqual([shown]);
  });

  test('a second one about a pair is refused, and says what exists', async () => {
    await using agent = await startInMemoryAgent();
    await create(agent, 'web', 'db', 'deny');
    const { status, text } = await create(agent, 'web', 'db', 'allow');
    expect(status).toBe(500);
    expect(text).toBe('Sources[1] defines "web" more than once: web => db (deny) exists');
  });

  test('what a client has read it may send back', async () => {
    await using agent = await startInMemoryAgent();
    const { ID } = (await create(agent, 'web', 'db', 'deny')).json;
    const read = (await ask(agent, `GET ${root}/${ID}`)).json;
    const written = await ask(agent, `PUT ${root}/${ID}`, { body: { ...read, Action: 'allow' } });
    expect(written.status).toBe(200);
    expect((await ask(agent, `GET ${root}/${ID}`)).json.Action).toBe('allow');
  });

  test('a pair is put and deleted, the deletion as often as one likes', async () => {
    await using agent = await startInMemoryAgent();
    const pair = `${root}/exact?source=a&destination=b`;
    expect((await ask(agent, `PUT ${pair}`, { body: { Action: 'allow' } })).text).toBe('true');
    expect((await ask(agent, `PUT ${pair}`, { body: { Action: 'deny' } })).text).toBe('true');
    expect((await ask(agent, `GET ${pair}`)).json.Action).toBe('deny');
    expect((await ask(agent, `DELETE ${pair}`)).text).toBe('true');
    expect((await ask(agent, `DELETE ${pair}`)).text).toBe('true');
    expect(await ask(agent, `GET ${pair}`)).toMatchObject({
      status: 404,
      text: 'Intention not found',
    });
  });

  const unknownId = '11111111-1111-4111-8111-111111111111';
  test.for([
    [
      `PUT ${root}/exact?source=a`,
      { Action: 'allow' },
      500,
      "required query parameter 'destination' not set",
    ],
    [
      `PUT ${root}/exact?source=a&destination=b`,
      { Action: 'bogus' },
      500,
      "Sources[0].Action must be set to 'allow' or 'deny'",
    ],
    [
      `PUT ${root}/exact?source=team/a&destination=b`,
      { Action: 'deny' },
      400,
      '"team/a" names a namespace or partition; only "default" exists here',
    ],
    [
      `PUT ${root}/exact?source=a%20b&destination=b`,
      { Action: 'deny' },
      400,
      '"a b" is no name of a service',
    ],
    [
      `PUT ${root}/exact?source=a*&destination=b`,
      { Action: 'deny' },
      500,
      "Sources[0].Name: wildcard character '*' cannot be used with partial values",
    ],
    [`GET ${root}/check`, undefined, 500, "required query parameter 'source' not set"],
    [
      `GET ${root}/match?by=bogus&name=x`,
      undefined,
      500,
      "'by' parameter must be one of 'source' or 'destination'",
    ],
    [`GET ${root}/match?by=source`, undefined, 500, "required query parameter 'name' not set"],
    [
      `GET ${root}/nope`,
      undefined,
      400,
      '"nope" is not the ID of an intention: UUID must be 36 characters',
    ],
    [`GET ${root}/${unknownId}`, undefined, 404, 'Intention not found'],
    [
      `DELETE ${root}/${unknownId}`,
      undefined,
      500,
      `Cannot delete non-existent intention: '${unknownId}'`,
    ],
  ] as const)('%s with %j is refused with %i: %s', async ([line, body, status, text]) => {
    await using agent = await startInMemoryAgent();
    expect(await ask(agent, line, { body })).toMatchObject({ status, text });
  });

  test('an unknown key is refused by name', async () => {
    await using agent = await startInMemoryAgent();
    const body = { SourceName: 'a', DestinationName: 'b', Action: 'deny', Acton: 1 };
    const { status, text } = await ask(agent, `POST ${root}`, { body });
    expect(status).toBe(400);
    expect(text).toContain('json: unknown field "Acton"');
  });
});

describe('what they come to', () => {
  test.for([
    ['allow', true],
    ['deny', false],
  ] as const)(
    'under a default of %s an unmentioned pair is allowed: %s',
    async ([defaultPolicy, allowed]) => {
      await using agent = await startInMemoryAgent({ defaultPolicy });
      const check = async (source: string) =>
        (await ask(agent, `GET ${root}/check?source=${source}&destination=db&source-type=consul`))
          .json;
      await create(agent, 'web', 'db', allowed ? 'deny' : 'allow');
      expect(await check('web')).toEqual({ Allowed: !allowed });
      expect(await check('other')).toEqual({ Allowed: allowed });
    },
  );

  test('matches come in the order in which they are tried, for each name asked about', async () => {
    await using agent = await startInMemoryAgent();
    await create(agent, 'web', '*', 'allow');
    await create(agent, '*', 'db', 'deny');
    await create(agent, 'web', 'db', 'allow');
    const { json } = await ask(agent, `GET ${root}/match?by=destination&name=db&name=api`);
    const pairs = (list: { SourceName: string; DestinationName: string }[]) =>
      list.map(({ SourceName, DestinationName }) => `${SourceName} => ${DestinationName}`);
    expect(pairs(json.db)).toEqual(['web => db', '* => db', 'web => *']);
    expect(pairs(json.api)).toEqual(['web => *']);
  });

  test('a service that terminates mTLS itself is told the verdict and the rule', async () => {
    await using agent = await startInMemoryAgent();
    await create(agent, 'web', 'db', 'deny');
    const authorize = async (uri: string) => {
      const body = { Target: 'db', ClientCertURI: uri, ClientCertSerial: '04:00' };
      return await ask(agent, 'POST /v1/agent/connect/authorize', { body });
    };
    const own = 'spiffe://11111111-2222-3333-4444-555555555555.consul';
    expect((await authorize(`${own}/ns/default/dc/dc1/svc/web`)).json).toEqual({
      Authorized: false,
      Reason:
        'Matched L4 intention: default/web => default/db (ID: 00000000-0000-4000-8000-000000000001, Precedence: 9, Action: DENY)',
    });
    expect((await authorize(`${own}/ns/default/dc/dc1/svc/api`)).json).toEqual({
      Authorized: true,
      Reason: 'Default behavior configured by ACLs',
    });
    const foreign = await authorize('spiffe://x.consul/ns/default/dc/dc1/svc/api');
    expect(foreign.json.Authorized).toBe(false);
    expect((await authorize('nonsense')).status).toBe(400);
  });
});

test('intentions are config entries too; of the other kinds there are none', async () => {
  await using agent = await startInMemoryAgent();
  await create(agent, 'web', 'db', 'deny');
  const { json } = await ask(agent, 'GET /v1/config/service-intentions/db');
  expect(json).toMatchObject({
    Kind: 'service-intentions',
    Name: 'db',
    Sources: [{ Name: 'web', Action: 'deny', Precedence: 9, Type: 'consul' }],
  });
  expect((await ask(agent, 'GET /v1/config/service-intentions')).json).toEqual([json]);
  expect((await ask(agent, 'GET /v1/config/proxy-defaults')).json).toEqual([]);
  const missing = await ask(agent, 'GET /v1/config/proxy-defaults/global');
  expect(missing).toMatchObject({
    status: 404,
    text: 'Config entry not found for "proxy-defaults" / "global"',
  });
  expect(Number(missing.headers['x-consul-index'])).toBeGreaterThanOrEqual(1);
});

test('permissions that no proxy carries out yet are kept with a warning', async () => {
  await using agent = await startInMemoryAgent();
  const defaults = { Kind: 'service-defaults', Name: 'api', Protocol: 'http' };
  await ask(agent, 'PUT /v1/config', { body: defaults });
  const put = (body: object) =>
    ask(agent, `PUT ${root}/exact?source=web&destination=api`, { body });
  const { status, headers } = await put({
    Permissions: [{ Action: 'allow', HTTP: { PathPrefix: '/' } }],
  });
  expect([status, headers['x-chancery-warning']]).toEqual([
    200,
    'Permissions: has no effect: proxies do not look at requests yet: all connections of this source are denied',
  ]);
  const plain = await put({ Action: 'allow' });
  expect([plain.status, plain.headers['x-chancery-warning']]).toEqual([200, undefined]);
});
