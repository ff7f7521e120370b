import { describe, expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

const every = { Interval: '10s', Timeout: '2s' };

async function checksOf(agent: InMemoryAgent) {
  return (await ask(agent, 'GET /v1/agent/checks')).json;
}

test('a check of each kind is shown with its kind and its times', async () => {
  await using agent = await startInMemoryAgent();
  const Checks = [
    { CheckID: 'ttl', TTL: '1m' },
    { CheckID: 'http', HTTP: 'http://127.0.0.1:1/', ...every },
    { CheckID: 'tcp', TCP: '127.0.0.1:1', Interval: '90s' },
    { CheckID: 'udp', UDP: '127.0.0.1:1', Interval: 10_000_000_000 },
    { CheckID: 'grpc', GRPC: '127.0.0.1:1/a', ...every },
    { CheckID: 'h2ping', H2PING: '127.0.0.1:1', ...every },
    { CheckID: 'script', ScriptArgs: ['true'], ...every },
    { CheckID: 'alias', AliasService: 'db' },
  ];
  const body = { Name: 'db', Checks };
  expect(await ask(agent, 'PUT /v1/agent/service/register', { body })).toMatchObject({
    status: 200,
  });
  const shown = Object.values(await checksOf(agent)).map((check) => {
    const { CheckID, Type, Interval, Timeout, ExposedPort, Definition } = check as Record<
      string,
      unknown
    >;
    expect([ExposedPort, Definition]).toEqual([0, {}]);
    return [CheckID, Type, Interval, Timeout];
  });
  expect(shown).toEqual([
    ['alias', 'alias', '', ''],
    ['grpc', 'grpc', '10s', '2s'],
    ['h2ping', 'h2ping', '10s', '2s'],
    ['http', 'http', '10s', '2s'],
    ['script', 'script', '10s', '2s'],
    ['tcp', 'tcp', '1m30s', ''],
    ['ttl', 'ttl', '', ''],
    ['udp', 'udp', '10s', ''],
  ]);
});

test('a check that stands by itself has times of 0 where it has none', async () => {
  await using agent = await startInMemoryAgent();
  await ask(agent, 'PUT /v1/agent/check/register', { body: { Name: 'beat', TTL: '10s' } });
  expect((await checksOf(agent)).beat).toMatchObject({ Interval: '0s', Timeout: '0s' });
});

test('what a check printed last is shown though another output is recorded', async () => {
  const checks = {
    report: async () => ({ ok: true, result: undefined, revision: 1 }) as const,
    lastOutput: (checkId: string) => `last of ${checkId}`,
    refusal: () => undefined,
  };
  await using agent = await startInMemoryAgent({ checks });
  await ask(agent, 'PUT /v1/agent/check/register', { body: { Name: 'beat', TTL: '10s' } });
  expect((await checksOf(agent)).beat.Output).toBe('last of beat');
});

describe('what is wrong is told', () => {
  test.for([
    ['register', {}, 400, 'Missing check name'],
    ['register', { Name: '', TTL: '1s' }, 400, 'Missing check name'],
    [
      'register',
      { Name: 'x', Interval: '1s' },
      400,
      'Request decode failed: the check says nothing to check: give it one of TTL, HTTP, TCP, UDP, GRPC, H2PING, Args, AliasService',
    ],
    [
      'register',
      { Name: 'x', OSService: 'a', Interval: '1s' },
      400,
      'Request decode failed: OSService: OSService is not supported: services of the operating system are looked up on Windows only',
    ],
    ['update/beat', { Status: 'passing', Foo: 1 }, 400, 'json: unknown field "Foo"'],
    ['update/beat', { Status: 'passing', Output: 1 }, 400, 'Output must be a text'],
    ['update/beat', [], 400, 'it must be an object'],
    ['update/beat', { Output: 'x' }, 400, "Invalid check status: ''"],
  ] as const)('%s with %j: %i %s', async ([verb, body, status, text]) => {
    await using agent = await startInMemoryAgent();
    await ask(agent, 'PUT /v1/agent/check/register', { body: { Name: 'beat', TTL: '10s' } });
    const answer = await ask(agent, `PUT /v1/agent/check/${verb}`, { body });
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(text)]);
  });

  test('keys of an update are read without regard to case', async () => {
    await using agent = await startInMemoryAgent();
    await ask(agent, 'PUT /v1/agent/check/register', { body: { Name: 'beat', TTL: '10s' } });
    await ask(agent, 'PUT /v1/agent/check/update/beat', {
      body: { status: 'warning', output: 'low' },
    });
    expect((await checksOf(agent)).beat).toMatchObject({ Status: 'warning', Output: 'low' });
  });

  test('what the agent does otherwise is a warning', async () => {
    await using agent = await startInMemoryAgent();
    const TCP = '127.0.0.1:1';
    const quick = { Name: 'q', TCP, Interval: '10ms' };
    const alone = await ask(agent, 'PUT /v1/agent/check/register', { body: quick });
    const inside = await ask(agent, 'PUT /v1/agent/service/register', {
      body: { Name: 'db', Check: quick },
    });
    expect([alone, inside].map(({ headers }) => headers['x-chancery-warning'])).toEqual([
      'Interval: 10ms is too short: the check is run every 1s',
      'Check.Interval: 10ms is too short: the check is run every 1s',
    ]);
  });

  test('a script is refused where scripts are disabled, wherever it stands', async () => {
    const checks = {
      report: async () => ({ ok: true, result: undefined, revision: 1 }) as const,
      lastOutput: () => undefined,
      refusal: ({ probe }: { readonly probe: { readonly kind: string } }) =>
        probe.kind === 'script' ? 'Scripts are disabled' : undefined,
    };
    await using agent = await startInMemoryAgent({ checks });
    const Check = { Name: 's', Args: ['true'], Interval: '10s' };
    const Connect = { SidecarService: { Check } };
    for (const [path, body] of [
      ['check/register', Check],
      ['service/register', { Name: 'db', Check }],
      ['service/register', { Name: 'db', Port: 1, Connect }],
    ] as const) {
      const answer = await ask(agent, `PUT /v1/agent/${path}`, { body });
      expect(answer).toMatchObject({ status: 500, text: 'Scripts are disabled' });
    }
    expect(await checksOf(agent)).toEqual({});
  });
});
