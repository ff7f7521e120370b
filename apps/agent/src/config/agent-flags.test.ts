import { type Flags, processIo, runCommand } from '@chancery/cli';
import { type LoadedConfig, loadAgentConfig } from '@chancery/config-files';
import { expect, test } from 'vitest';
import { agentFlags, configRequest } from './agent-flags.ts';

/** The configuration that a command line leads to, taken apart as the command itself does. */
async function configured(...argv: readonly string[]): Promise<LoadedConfig> {
  const environment = { XDG_STATE_HOME: '/state' };
  let flags: Flags | undefined;
  const command = {
    usage: '',
    about: '',
    flags: agentFlags,
    run: async (call: { readonly flags: Flags }) => {
      flags = call.flags;
      return 0;
    },
  };
  await runCommand(['agent'], command, argv, processIo());
  if (flags === undefined) throw new Error('the flags were refused');
  return loadAgentConfig(configRequest(flags, environment, 'box'));
}

test('with nothing an agent is durable, on loopback, with xDS on 8502', async () => {
  expect(await configured()).toMatchObject({
    ok: true,
    config: {
      dev: false,
      dataDir: '/state/chancery',
      bindAddress: '127.0.0.1',
      listen: { http: [{ kind: 'tcp', host: '127.0.0.1' }] },
      nodeName: 'box',
      ports: { http: 8500, grpc: 8502 },
    },
  });
});

test('with a data directory of its own xDS is off until something says so', async () => {
  const loaded = await configured('-data-dir', '/data');
  expect(loaded).toMatchObject({ ok: true, config: { dataDir: '/data', ports: { grpc: -1 } } });
});

test('each flag reaches what it names', async () => {
  const given = [
    ['-dev'],
    ['-node', 'n1'],
    ['-node-id=11111111-2222-3333-4444-555555555555'],
    ['-datacenter', 'dc2'],
    ['--bind', '10.0.0.1'],
    ['-advertise', '10.0.0.2'],
    ['-client', '127.0.0.2'],
    ['-http-port', '1'],
    ['-grpc-port', '2'],
    ['-default-intention-policy', 'deny'],
    ['-log-level', 'debug'],
    ['-log-json'],
  ].flat();
  expect(await configured(...given)).toMatchObject({
    ok: true,
    config: {
      dev: true,
      nodeName: 'n1',
      nodeId: '11111111-2222-3333-4444-555555555555',
      datacenter: 'dc2',
      bindAddress: '10.0.0.1',
      advertiseAddress: '10.0.0.2',
      listen: { http: [{ kind: 'tcp', host: '127.0.0.2' }] },
      ports: { http: 1, grpc: 2 },
      defaultIntentionPolicy: 'deny',
      logLevel: 'debug',
      logJson: true,
    },
  });
});
