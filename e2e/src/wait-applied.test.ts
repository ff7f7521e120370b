import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AgentUnderTest, agentUnderTest, temporaryFolder, until } from '@chancery/testing';
import { expect, onTestFinished, test } from 'vitest';
import { type FakeProxy, fakeProxy } from './fake-proxy.ts';
import { meshCall, type ToldProxy } from './mesh-call.ts';

const count = 20;
const stalling = 'db-7-sidecar-proxy';

/** Twenty instances of `db` with their sidecars, and `api` with one that a rule for `db` does not concern. */
function services(): string {
  const ids = Array.from({ length: count }, (_, at) => `db-${at + 1}`);
  const service = (name: string, id: string, port: number): string =>
    `services { name = "${name}" id = "${id}" port = ${port} connect { sidecar_service { port = ${port + 1000} checks = [] } } }`;
  return [...ids.map((id, at) => service('db', id, 7000 + at)), service('api', 'api', 7500)].join(
    '\n',
  );
}

interface Mesh {
  readonly agent: AgentUnderTest;
  readonly proxies: ReadonlyMap<string, FakeProxy>;
}

async function meshOfFakes(): Promise<Mesh> {
  const agent = await agentUnderTest({ config: services() });
  onTestFinished(() => agent[Symbol.asyncDispose]());
  const ids = Array.from({ length: count }, (_, at) => `db-${at + 1}-sidecar-proxy`);
  const proxies = new Map(
    [...ids, 'api-sidecar-proxy'].map((id) => [id, fakeProxy(agent.ports.grpc, id)]),
  );
  for (const proxy of proxies.values()) onTestFinished(() => proxy[Symbol.dispose]());
  await Promise.all([...proxies.values()].map(({ ready }) => ready));
  return { agent, proxies };
}

interface Applied {
  readonly affected: number;
  readonly acknowledged: number;
  readonly lagging: readonly {
    readonly id: string;
    readonly state: string;
    readonly detail: string;
  }[];
  readonly notConnected: readonly string[];
}

async function disconnected(agent: AgentUnderTest, proxy: string): Promise<void> {
  const streams = async () => {
    const { proxies } = await meshCall<{ proxies: ToldProxy[] }>(
      agent,
      'ProxyService/ListProxies',
      { proxy },
    );
    return proxies[0]?.streams;
  };
  await until(async () => (await streams()) === 0, {
    withinMs: 10_000,
    what: `${proxy} was disconnected`,
  });
}

test(`a deny is waited for until ${count} proxies have it, and the one that does not take it is named`, async () => {
  const { agent, proxies } = await meshOfFakes();
  const stalled = proxies.get(stalling);
  if (stalled === undefined) throw new Error('no such proxy');

  const enforced = await agent.cli('intention', 'create', '-deny', '-wait', 'web', 'db');
  expect(enforced.output).toMatch(
    /^Created: web => db \(deny\)\nEnforced on 20\/20 proxies in \d+ ms\n$/,
  );
  expect(enforced.code).toBe(0);

  stalled.answersIntentions = false;
  const late = await agent.cli(
    ...['intention', 'create', '-deny', '-wait', '-wait-timeout', '1s', 'api', 'db'],
  );
  expect(late.output).toMatch(
    /^Created: api => db \(deny\)\nEnforced on 19\/20 proxies after \d+ ms/,
  );
  expect(late.output).toMatch(
    /\n {2}db-7-sidecar-proxy: ecds envoy\.filters\.network\.rbac is not acknowledged after [\d.]+ s\n$/,
  );
  expect(late.code).toBe(3);

  const self = await meshCall<{ revision: string }>(agent, 'ProxyService/ListProxies');
  const question = { revision: self.revision, timeout: '30s' };
  const waiting = meshCall<Applied>(agent, 'ProxyService/WaitApplied', question);
  stalled.catchUp();
  expect(await waiting).toMatchObject({ affected: count, acknowledged: count, lagging: [] });
});

const written = {
  'deny.hcl': 'kind = "service-intentions"\nname = "db"\nsources { name = "web" action = "deny" }',
  'allow.hcl':
    'kind = "service-intentions"\nname = "db"\nsources { name = "web" action = "allow" }',
  'db-1.hcl':
    'service { name = "db" id = "db-1" port = 7000 connect { sidecar_service { port = 8000 proxy { config { local_connect_timeout_ms = 700 } } } } }',
};

test('entries, registrations and whole changes are waited for as well; what is so already reaches nobody', async () => {
  const { agent, proxies } = await meshOfFakes();
  await using folder = await temporaryFolder();
  for (const [name, text] of Object.entries(written)) {
    await writeFile(join(folder.path, name), text);
  }
  const file = (name: keyof typeof written): string => join(folder.path, name);
  const sentInAll = (): number => proxies.values().reduce((sum, { sent }) => sum + sent, 0);
  const revision = async (): Promise<string> =>
    (await meshCall<{ revision: string }>(agent, 'ProxyService/ListProxies')).revision;

  const commands = [
    ['Enforced on 20/20 proxies in', 'config', 'write', '-wait', file('deny.hcl')],
    ['Enforced on 20/20 proxies in', 'apply', '-yes', '-wait', '-f', file('allow.hcl')],
    ['Enforced on 1/1 proxies in', 'services', 'register', '-wait', file('db-1.hcl')],
  ] as const;
  for (const [line, ...command] of commands) {
    const made = await agent.cli(...command);
    expect(made).toMatchObject({ code: 0, output: expect.stringContaining(line) });
    const [sent, at] = [sentInAll(), await revision()];
    // The same again.
    expect((await agent.cli(...command)).code).toBe(0);
    expect([await revision(), sentInAll()]).toEqual([at, sent]);
  }

  const stalled = proxies.get(stalling);
  if (stalled === undefined) throw new Error('no such proxy');
  stalled.answersIntentions = false;
  const late = [
    ['config', 'write', '-wait', '-wait-timeout', '500ms', file('deny.hcl')],
    ['apply', '-yes', '-wait', '-wait-timeout', '500ms', '-f', file('allow.hcl')],
  ];
  for (const command of late) {
    const { code, output } = await agent.cli(...command);
    expect([code, output]).toEqual([3, expect.stringContaining(`\n  ${stalling}: ecds `)]);
  }
});

test('over HTTP it is told in a header and a warning, and who is not concerned is not waited for', async () => {
  const { agent, proxies } = await meshOfFakes();
  const stalled = proxies.get(stalling);
  if (stalled === undefined) throw new Error('no such proxy');
  stalled.answersIntentions = false;
  const put = (pair: string, wait: string) =>
    fetch(
      `http://127.0.0.1:${agent.ports.http}/v1/connect/intentions/exact?${pair}&wait-applied=${wait}`,
      { method: 'PUT', body: JSON.stringify({ Action: 'deny' }) },
    );
  const other = await put('source=web&destination=api', '30s');
  expect(other.headers.get('x-chancery-applied')).toMatch(/^affected=1 acknowledged=1 took-ms=/);

  const late = await put('source=web&destination=db', '500ms');
  expect(late.status).toBe(200);
  expect(late.headers.get('x-chancery-applied')).toMatch(/^affected=20 acknowledged=19 took-ms=/);
  expect(late.headers.get('x-chancery-warning')).toContain(stalling);

  // One that goes away with the old rules has not applied the new ones.
  const revision = late.headers.get('x-chancery-revision') ?? '';
  stalled[Symbol.dispose]();
  await disconnected(agent, stalling);
  const left = await meshCall<Applied>(agent, 'ProxyService/WaitApplied', {
    revision,
    timeout: '0.2s',
  });
  expect(left).toMatchObject({ affected: 19, acknowledged: 19, notConnected: [stalling] });

  // Nobody has a stream to take what only those without one are concerned by.
  proxies.get('api-sidecar-proxy')?.[Symbol.dispose]();
  await disconnected(agent, 'api-sidecar-proxy');
  const gone = await put('source=db&destination=api', '5s');
  expect(gone.headers.get('x-chancery-applied')).toMatch(/^affected=0 acknowledged=0 took-ms=0/);
});
