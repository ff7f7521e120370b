import { randomUUID } from 'node:crypto';
import { createLog, startAgent } from '@chancery/agent';
import { type Client, createClient } from '@chancery/client';
import { loadAgentConfig } from '@chancery/config-files';
import { compilePolicy } from '@chancery/intentions';
import {
  type AgentUnderTest,
  dial,
  echoService,
  envoyAdmin,
  freePorts,
  type Sidecar,
  sidecar,
  talk,
  until,
} from '@chancery/testing';
import { expect, test } from 'vitest';
import { envoyUpdates } from './envoy-updates.ts';
import { withinMs } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

type Agent = Pick<AgentUnderTest, 'ports' | 'client'>;

/** `web` dials `db` and `api`; `db` itself dials `api`. */
interface Ports {
  readonly db: number;
  readonly api: number;
  readonly webToDb: number;
  readonly webToApi: number;
  readonly dbToApi: number;
  /** Of the sidecars. */
  readonly public: { readonly api: number; readonly db: number; readonly web: number };
}

function meshConfig(ports: Ports): string {
  const service = (
    name: keyof Ports['public'],
    port: number,
    upstreams: readonly [string, number][],
  ): string => {
    const blocks = upstreams.map(
      ([to, bind]) => `upstreams { destination_name = "${to}", local_bind_port = ${bind} }`,
    );
    return `services {
  name = "${name}"
  port = ${port}
  connect {
    sidecar_service {
      port = ${ports.public[name]}
      proxy {
        ${blocks.join('\n        ')}
      }
    }
  }
}`;
  };
  return [
    service('api', ports.api, []),
    service('db', ports.db, [['api', ports.dbToApi]]),
    service('web', 8080, [
      ['db', ports.webToDb],
      ['api', ports.webToApi],
    ]),
  ].join('\n');
}

/** A compiler that fails over a rule about a certain source. */
const compileUnlessPoisoned: typeof compilePolicy = (rules) => {
  if (JSON.stringify(rules).includes('"poison"')) throw new Error('a rule about poison');
  return compilePolicy(rules);
};

/** An agent within this process, since a real one has no policy that it cannot compile. */
async function faultyAgent(stack: AsyncDisposableStack, mesh: Ports): Promise<Agent> {
  const [http = 0, grpc = 0] = await freePorts(2);
  const loaded = loadAgentConfig({
    dev: true,
    paths: [],
    fragments: [
      meshConfig(mesh),
      `log_level = "error"\nports {\n  http = ${http}\n  grpc = ${grpc}\n}`,
    ],
    flags: [],
    host: { hostname: 'lab' },
  });
  if (!loaded.ok) throw new Error(loaded.lines.join('\n'));
  const host = {
    readConfig: () => loaded,
    warnings: [],
    setLogLevel: () => undefined,
    leave: () => undefined,
  };
  const effects = {
    ...createLog(loaded.config),
    now: Date.now,
    random: Math.random,
    newId: randomUUID,
    translation: { compilePolicy: compileUnlessPoisoned },
  };
  stack.use(await startAgent(loaded.config, host, effects));
  const address = { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port: http } as const;
  return { ports: { http, grpc }, client: stack.use(createClient({ address })) };
}

function echoes(port: number): Promise<unknown> {
  return until(async () => (await talk(port, 'Hello?', 500)).verdict === 'echo', {
    withinMs: 20_000,
    what: 'an upstream was reached',
  });
}

/** Starts the apps and finds ports for all else. */
async function planned(stack: AsyncDisposableStack): Promise<Ports> {
  const [db, api] = [stack.use(await echoService({})), stack.use(await echoService({}))];
  const [webToDb = 0, webToApi = 0, dbToApi = 0, ...rest] = await freePorts(6);
  const [apiPublic = 0, dbPublic = 0, webPublic = 0] = rest;
  return {
    ...{ db: db.port, api: api.port, webToDb, webToApi, dbToApi },
    public: { api: apiPublic, db: dbPublic, web: webPublic },
  };
}

async function poison({ intentions }: Client): Promise<void> {
  const about = { SourceName: 'poison', DestinationName: 'db' };
  await intentions.upsert({ ...about, Action: 'deny' });
}

async function expectDenied(port: number): Promise<void> {
  await until(async () => (await talk(port, 'Hello?', 300)).verdict !== 'echo', {
    withinMs,
    what: 'a new connection was denied',
  });
  for (let i = 0; i < 5; i++) {
    expect(['closed', 'silent']).toContain((await talk(port, 'Anyone there?', 200)).verdict);
  }
}

/** Starts a sidecar, and resolves with the time from its first stream to an echo through its upstream. */
async function timedSidecar(
  stack: AsyncDisposableStack,
  options: { agent: Agent; for: string },
  upstream: number,
): Promise<number> {
  const [adminPort = 0] = await freePorts(1);
  const admin = envoyAdmin(adminPort);
  const starting = sidecar({ ...options, adminPort }).then((started) => stack.use(started));
  const poll = { withinMs: 20_000, everyMs: 5 };
  await until(async () => (await admin.stat('control_plane.connected_state')) === 1, {
    ...poll,
    what: 'Envoy was connected',
  });
  const served = await until(async () => (await talk(upstream, 'Hello?', 500)).verdict === 'echo', {
    ...poll,
    what: 'its upstream was reached',
  });
  await starting;
  return served.elapsedMs;
}

describeWithEnvoy('a policy that cannot be compiled', () => {
  test('denies everybody at its proxy, and harms nothing else of it and nobody else', async () => {
    await using stack = new AsyncDisposableStack();
    const ports = await planned(stack);
    const { webToDb, webToApi, dbToApi } = ports;
    const agent = await faultyAgent(stack, ports);
    const start = async (name: string): Promise<Sidecar> =>
      stack.use(await sidecar({ agent, for: name }));
    const api = await start('api');
    const db = await start('db');
    const web = await start('web');
    for (const port of [webToDb, webToApi, dbToApi]) await echoes(port);
    const untouched = [web.admin, api.admin];
    const before = await Promise.all(untouched.map(envoyUpdates));
    using held = dial(webToDb);
    expect(await held.exchange('before')).toMatchObject({ verdict: 'echo' });

    await poison(agent.client);
    await expectDenied(webToDb);
    for (const port of [webToApi, dbToApi]) {
      expect(await talk(port, 'Hello?')).toMatchObject({ verdict: 'echo' });
    }
    expect(await held.exchange('after')).toMatchObject({ verdict: 'echo' });
    expect(await Promise.all(untouched.map(envoyUpdates))).toEqual(before);
    expect(await db.admin.stat('listener_manager.listener_modified')).toBe(0);

    await agent.client.intentions.delete('poison', 'db');
    await until(async () => (await talk(webToDb, 'Hello?', 300)).verdict === 'echo', {
      withinMs,
      what: 'connectivity was restored',
    });
  });

  test('lets the other listeners of its proxy serve within a second of its start', async () => {
    await using stack = new AsyncDisposableStack();
    const ports = await planned(stack);
    const { webToDb, webToApi, dbToApi } = ports;
    const agent = await faultyAgent(stack, ports);
    await poison(agent.client);
    for (const name of ['api', 'web']) stack.use(await sidecar({ agent, for: name }));
    await echoes(webToApi);

    expect(await timedSidecar(stack, { agent, for: 'db' }, dbToApi)).toBeLessThan(withinMs);
    await expectDenied(webToDb);
    expect(await talk(webToApi, 'Hello?')).toMatchObject({ verdict: 'echo' });
    // Denied, and not only unreachable: without the poison the same proxy lets web in.
    await agent.client.intentions.delete('poison', 'db');
    await echoes(webToDb);
  });
});
