import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, createClient } from '@chancery/client';
import {
  freePorts,
  labAgent,
  labCli,
  type Program,
  runToEnd,
  startProgram,
  temporaryFolder,
  until,
} from '@chancery/testing';
import { describe, expect, test } from 'vitest';

const services = (...names: readonly string[]): string =>
  names.map((name) => `services { name = "${name}", port = 8080 }\n`).join('');

const patience = { withinMs: 15_000 };

interface Reloading extends AsyncDisposable {
  readonly folder: string;
  readonly agent: Program;
  readonly client: Client;
  /** Writes a file of the configuration at once, as editors do. */
  write(name: string, text: string): Promise<void>;
  /** Resolves when the agent has these services and no others. */
  hasServices(...names: readonly string[]): Promise<unknown>;
  says(text: string | RegExp): Promise<unknown>;
  cli(...line: readonly string[]): ReturnType<typeof runToEnd>;
}

async function names(client: Client): Promise<readonly string[]> {
  return Object.keys(await client.agent.services()).sort();
}

/** An agent that reads a folder of files, `agent.hcl` among them. */
async function reloading(text: string, ...flags: readonly string[]): Promise<Reloading> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const folder = join(path, 'conf');
  await mkdir(folder);
  await writeFile(join(folder, 'agent.hcl'), text);
  const [port = 0] = await freePorts(1);
  const agent = stack.use(
    startProgram({
      program: labAgent().path,
      args: [
        'agent',
        '-dev',
        '-config-dir',
        folder,
        '-http-port',
        `${port}`,
        '-grpc-port',
        '-1',
        ...flags,
      ],
      cwd: path,
    }),
  );
  const address = { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port } as const;
  const client = stack.use(createClient({ address }));
  const ran = () => agent.output().includes('HTTP API');
  await until(ran, { ...patience, what: 'it ran', unless: () => !agent.running });
  const owned = stack.move();
  return {
    folder,
    agent,
    client,
    write: async (name, content) => {
      await writeFile(join(path, 'written'), content);
      await rename(join(path, 'written'), join(folder, name));
    },
    hasServices: (...expected) =>
      until(async () => (await names(client).catch(() => [])).join() === expected.join(), {
        ...patience,
        what: `the agent had ${expected.join(' and ')}`,
      }),
    says: (text) =>
      until(() => agent.output().search(text) >= 0, { ...patience, what: `it said ${text}` }),
    cli: (...line) =>
      runToEnd({
        program: labCli().path,
        args: line,
        env: { ...process.env, CONSUL_HTTP_ADDR: `127.0.0.1:${port}` },
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

test('a hangup has the agent read its files again, and does not end it', async () => {
  await using started = await reloading(services('web', 'db'));
  await started.hasServices('db', 'web');

  await started.write('agent.hcl', services('web', 'api'));
  started.agent.signal('SIGHUP');
  await started.hasServices('api', 'web');

  await started.write('agent.hcl', 'services { nmae = "web" }');
  started.agent.signal('SIGHUP');
  await started.says('nmae');
  expect(await names(started.client)).toEqual(['api', 'web']);
  started.agent.signal('SIGTERM');
  expect(await started.agent.ended).toBe(0);
});

test('no signal opens a debugger', async () => {
  await using started = await reloading('');
  started.agent.signal('SIGUSR1');
  started.agent.signal('SIGTERM');
  expect(await started.agent.ended).toBe(0);
  expect(started.agent.output()).not.toContain('Debugger');
});

describe.skipIf(labAgent().isPeer)('an agent that reads its files by itself', () => {
  test('follows files that are replaced, come and go, and keeps what was registered over the API', async () => {
    await using started = await reloading(services('web'), '-auto-reload-config');
    await started.cli('services', 'register', '-name', 'over-api');
    await started.hasServices('over-api', 'web');
    await started.write('agent.hcl', services('web', 'db'));
    await started.hasServices('db', 'over-api', 'web');
    await started.write('more.json', '{"service": {"name": "added"}}');
    await started.hasServices('added', 'db', 'over-api', 'web');
    await rm(join(started.folder, 'agent.hcl'));
    await started.hasServices('added', 'over-api');
  });

  test('goes on as it is with a broken file, says where the mistake is, and takes it when it is mended', async () => {
    await using started = await reloading('auto_reload_config = true\nservice { name = "web" }\n');
    await started.write('broken.hcl', 'service {\n  name = "db"\n  prot = 80\n}\n');
    await started.says(/not read again: .*broken\.hcl:3:3: service\[0\]\.prot: unknown key "prot"/);
    expect(await names(started.client)).toEqual(['web']);
    await started.write('broken.hcl', 'service {\n  name = "db"\n  port = 80\n}\n');
    await started.hasServices('db', 'web');
  });

  test('takes nothing back while a file is empty for a moment, and says that it waits', async () => {
    await using started = await reloading(services('web'), '-auto-reload-config');
    await started.write('agent.hcl', '');
    await started.says(/\[WARN\] +config: empty now; .*agent\.hcl/);
    expect(await names(started.client)).toEqual(['web']);
    await started.write('agent.hcl', services('web', 'db'));
    await started.hasServices('db', 'web');
  });

  test('takes back what a file declared that stays empty', async () => {
    await using started = await reloading(services('web'), '-auto-reload-config');
    await started.write('agent.hcl', '');
    await started.hasServices();
  });
});

describe.skipIf(labAgent().isPeer || labCli().isPeer)('a reload', () => {
  test('with a broken file is refused with the place of the mistake, and changes nothing', async () => {
    await using started = await reloading(services('web'));
    await started.write('agent.hcl', 'log_level = "debug"\nservice { name = "web" port = "x" }\n');
    const { code, output } = await started.cli('reload');
    expect(code).toBe(1);
    expect(output).toContain('agent.hcl:2:31: service[0].port: expected a whole number, found "x"');
    expect(await names(started.client)).toEqual(['web']);
    expect(started.agent.output()).not.toContain('[DEBUG]');
  });

  test('applies what can be changed under way, and names what counts at the next start', async () => {
    await using started = await reloading('log_level = "error"\n');
    await started.write(
      'agent.hcl',
      [
        'log_level = "info"',
        'node_meta { rack = "7" }',
        'http_config { response_headers { "X-Site" = "one" } }',
        'datacenter = "elsewhere"',
        'ports { grpc = 8502 }',
        'encrypt = "x"',
      ].join('\n'),
    );
    const { code, output } = await started.cli('reload');
    expect(code).toBe(0);
    expect(output).toContain('Configuration reload triggered');
    expect(output).toContain('datacenter has changed: it counts when the agent is started again');
    expect(output).toContain('encrypt has no effect: there is no gossip between agents');
    expect(output).not.toContain('node_meta');
    expect(output).not.toContain('log_level');
    const nodes = await started.cli('catalog', 'nodes', '-node-meta', 'rack=7');
    expect(nodes.output).toMatch(/^Node /);
    started.agent.signal('SIGHUP');
    await started.says(/\[INFO\] +config: read again/);
  });
});

describe.skipIf(labAgent().isPeer)('the log of reloads', () => {
  const linesWith = (agent: Program, text: string) =>
    agent
      .output()
      .split('\n')
      .filter((line) => line.includes(text)).length;

  test('does not warn again of what it warned of at the start, and tells each mistake in a line of its own', async () => {
    await using started = await reloading('encrypt = "x"\n');
    started.agent.signal('SIGHUP');
    await started.says('config: read again');
    await started.write('agent.hcl', 'service { nmae = "web" }\nservice { prot = 80 }\n');
    started.agent.signal('SIGHUP');
    await started.says(/config: not read again: .*:1:11: .*\n.* config: not read again: .*:2:1: /);
    expect(linesWith(started.agent, 'encrypt has no effect')).toBe(1);
  });
});

test.skipIf(labAgent().isPeer)(
  'a check that turns critical, and one that is well again, are told in the log',
  async () => {
    await using started = await reloading('service { name = "web" check { ttl = "1h" } }\n');
    const { agent } = started.client;
    await agent.updateCheck('service:web', { Status: 'passing', Output: 'well' });
    await agent.updateCheck('service:web', { Status: 'critical', Output: 'disk full\n…' });
    const about = 'check=service:web service=web';
    await started.says(`checks: check is now critical: ${about} output="disk full"`);
    await agent.updateCheck('service:web', { Status: 'passing', Output: 'well' });
    await started.says(`checks: check is now passing: ${about} output=well`);
    expect(started.agent.output().split('check is now passing')).toHaveLength(2);
  },
);

describe.skipIf(labAgent().isPeer)('files that an agent writes', () => {
  test('the log is in its file too, and the ID of the process while it runs', async () => {
    await using started = await reloading('', '-log-file', 'logs/', '-pid-file', 'run/agent.pid');
    const path = join(started.folder, '..');
    expect(Number(await readFile(join(path, 'run', 'agent.pid'), 'utf8'))).toBe(started.agent.pid);
    started.agent.signal('SIGHUP');
    await started.says('read again');
    started.agent.signal('SIGTERM');
    expect(await started.agent.ended).toBe(0);
    const log = await readFile(join(path, 'logs', 'consul.log'), 'utf8');
    expect(log).toMatch(/\[INFO\] +config: read again\n/);
    expect(log).toMatch(/\[INFO\] +agent: stopping\n$/);
    expect(await readdir(join(path, 'run'))).toEqual([]);
  });
});
