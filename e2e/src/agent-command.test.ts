import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

const patience = { withinMs: 15_000, what: 'the agent was ready' };

interface Started extends AsyncDisposable {
  readonly program: Program;
  cli(...args: string[]): ReturnType<typeof runToEnd>;
}

/** An agent on free ports, from the moment it says that it is ready; `GRPC` stands for the second of them. */
async function agent(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Started> {
  const [http = 0, grpc = 0] = await freePorts(2);
  const given = args.map((word) => (word === 'GRPC' ? `${grpc}` : word));
  const words = ['agent', ...given, '-http-port', `${http}`];
  const program = startProgram({
    program: labAgent().path,
    args: words,
    env: { ...process.env, ...env },
  });
  await until(() => program.output().includes('xDS (gRPC):'), {
    ...patience,
    unless: () => !program.running,
  });
  return {
    program,
    cli: (...line) =>
      runToEnd({
        program: labCli().path,
        args: line,
        env: { ...process.env, CONSUL_HTTP_ADDR: `127.0.0.1:${http}` },
      }),
    [Symbol.asyncDispose]: () => program.stop(),
  };
}

describe.skipIf(labAgent().isPeer || labCli().isPeer)('the agent', () => {
  test('without a word about its state keeps it below the state folder of its user, and says where', async () => {
    await using home = await temporaryFolder();
    const env = { XDG_STATE_HOME: home.path };
    {
      await using started = await agent(['-grpc-port', 'GRPC'], env);
      expect(started.program.output()).toContain(`state in ${home.path}/chancery,`);
      await started.cli('intention', 'create', '-deny', 'web', 'db');
      await started.program.kill9();
    }
    await using again = await agent(['-grpc-port', 'GRPC'], env);
    expect((await again.cli('intention', 'check', 'web', 'db')).output).toBe('Denied\n');
  });

  test('in development keeps nothing, wherever a file would have it', async () => {
    await using folder = await temporaryFolder();
    const data = join(folder.path, 'data');
    const file = join(folder.path, 'agent.hcl');
    await writeFile(file, `data_dir = "${data}"\n`);
    await using started = await agent(['-dev', '-config-file', file, '-grpc-port', 'GRPC']);
    expect(started.program.output()).toContain('state in memory');
    expect(started.program.output()).toContain('agent.hcl:1:12: data_dir: has no effect with -dev');
    expect(await readdir(folder.path)).toEqual(['agent.hcl']);
  });

  test('reads files, folders, flags and pieces; xDS is on only when something says so', async () => {
    await using folder = await temporaryFolder();
    const conf = join(folder.path, 'conf.d');
    await mkdir(conf);
    await writeFile(join(folder.path, 'a.hcl'), 'node_name = "file"\ndatacenter = "file"\n');
    await writeFile(join(conf, 'web.json'), '{"service": {"name": "web", "port": 80}}');
    const args = ['-config-file', join(folder.path, 'a.hcl'), '-config-dir', conf];
    const flags = ['-data-dir', join(folder.path, 'data'), '-bind', '127.0.0.1', '-node', 'flag'];
    const piece = ['-hcl', 'datacenter = "piece"'];
    await using off = await agent([...args, ...flags, ...piece]);
    expect(off.program.output()).toContain('node flag, datacenter piece');
    expect(off.program.output()).toContain('xDS (gRPC):  off');
    expect((await off.cli('catalog', 'services')).output).toBe('web\n');
    await off.program.stop();
    const [grpc = 0] = await freePorts(1);
    await using on = await agent([...args, ...flags, '-hcl', `ports { grpc = ${grpc} }`]);
    expect(on.program.output()).toContain(`xDS (gRPC):  127.0.0.1:${grpc}`);
  });

  test('says nothing before it is ready, then a line a listener; its log can be JSON', async () => {
    await using quiet = await agent(['-dev', '-grpc-port', 'GRPC']);
    expect(quiet.program.output()).toMatch(
      /^Chancery agent is ready: .*\nHTTP API: {4}http:\/\/127\.0\.0\.1:\d+\nxDS \(gRPC\): {2}127\.0\.0\.1:\d+\n$/,
    );
    await using json = await agent(['-dev', '-grpc-port', 'GRPC', '-log-json']);
    await json.program.stop();
    const last = json.program.output().trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ '@level': 'info', '@message': 'stopping' });
  });

  test.for([['default_intention_policy = "deny"'], ['acl { default_policy = "deny" }']])(
    'denies what no intention speaks of with %s',
    async ([text = '']) => {
      await using started = await agent(['-dev', '-grpc-port', 'GRPC', '-hcl', text]);
      expect(await started.cli('intention', 'check', 'web', 'db')).toEqual({
        code: 1,
        output: 'Denied\n',
      });
    },
  );

  test('reads its configuration again by command and by SIGHUP; a broken file changes nothing', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'agent.hcl');
    await writeFile(file, 'service { name = "web" }\n');
    await using started = await agent(['-dev', '-config-file', file, '-grpc-port', 'GRPC']);
    await started.cli('services', 'register', '-name', 'api');
    await writeFile(file, 'service { name = "db" }\n');
    expect(await started.cli('reload')).toEqual({
      code: 0,
      output: 'Configuration reload triggered\n',
    });
    expect((await started.cli('catalog', 'services')).output).toBe('api\ndb\n');
    await writeFile(file, 'service { nam = "cache" }\n');
    const broken = await started.cli('reload');
    expect(broken.code).toBe(1);
    expect(broken.output).toContain('agent.hcl:1:11: service[0].nam: unknown key "nam"');
    expect((await started.cli('catalog', 'services')).output).toBe('api\ndb\n');
    await writeFile(file, 'service { name = "cache" }\n');
    started.program.signal('SIGHUP');
    await until(async () => (await started.cli('catalog', 'services')).output === 'api\ncache\n', {
      withinMs: 10_000,
      what: 'the configuration was read again',
    });
  });

  test('is reached over sockets in the file system, with the rights that a file gives them', async () => {
    await using folder = await temporaryFolder();
    const [http, xds] = [join(folder.path, 'http.sock'), join(folder.path, 'xds.sock')];
    const pieces = [
      `addresses { http = "127.0.0.1 unix://${http}" grpc = "unix://${xds}" }`,
      'unix_sockets { mode = "0600" }',
    ];
    const args = pieces.flatMap((piece) => ['-hcl', piece]);
    await using started = await agent(['-dev', '-grpc-port', 'GRPC', ...args]);
    expect(started.program.output()).toContain(`xDS (gRPC):  unix://${xds}\n`);
    for (const path of [http, xds]) expect((await stat(path)).mode & 0o777).toBe(0o600);
    const line = ['catalog', 'datacenters', '-http-addr', `unix://${http}`];
    expect((await started.cli(...line)).output).toBe('dc1\n');
    await started.program.stop();
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('starts with the file of a server of Consul, and says of each key why it has no effect', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'consul.hcl');
    await writeFile(
      file,
      `server           = true
bootstrap_expect = 1
data_dir         = "${folder.path}/data"
bind_addr        = "127.0.0.1"
encrypt          = "pUqJrVyVRj5jsiYEkM/tFQYfWyJIv4s3XkvDwy7Cu5s="
ui_config { enabled = true }
performance { raft_multiplier = 1 }
telemetry { prometheus_retention_time = "24h" disable_hostname = true }
connect { enabled = true }
ports { dns = 8600 serf_wan = -1 }
config_entries {
  bootstrap { kind = "service-intentions" name = "db" sources { name = "web" action = "deny" } }
}
`,
    );
    await using started = await agent(['-config-file', file]);
    const said = started.program.output();
    expect(said.match(/consul\.hcl:\d+:\d+: .* has no effect: .*/g)).toEqual([
      expect.stringContaining(
        'consul.hcl:5:20: encrypt: encrypt has no effect: there is no gossip',
      ),
      expect.stringContaining(
        'consul.hcl:6:1: ui_config: ui_config has no effect: there is no web',
      ),
      expect.stringContaining(
        'consul.hcl:7:1: performance: performance has no effect: there is no R',
      ),
      expect.stringContaining('consul.hcl:10:15: ports.dns: dns has no effect: there is no DNS'),
    ]);
    expect((await started.cli('intention', 'check', 'web', 'db')).output).toBe('Denied\n');
  });

  test('is refused by name what would be untrue to leave without effect, all of it at once', async () => {
    const pieces = ['retry_join = ["10.0.0.1"]', 'tls { https { cert_file = "a.pem" } }'];
    const { code, output } = await runToEnd({
      program: labAgent().path,
      args: ['agent', '-dev', ...pieces.flatMap((piece) => ['-hcl', piece])],
    });
    expect(code).toBe(1);
    expect(output).toMatch(
      /^-hcl\[0\]:1:14: retry_join: .* is not supported: this agent joins no/m,
    );
    expect(output).toMatch(/^-hcl\[1\]:1:7: tls\.https: .* is not supported: there is no HTTPS/m);
  });

  test('stops when it is told to leave, and ends with 0', async () => {
    await using started = await agent(['-dev', '-grpc-port', 'GRPC']);
    expect((await started.cli('leave')).output).toBe('Graceful leave complete\n');
    expect(await started.program.ended).toBe(0);
  });
});
