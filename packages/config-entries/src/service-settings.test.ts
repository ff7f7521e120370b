import { expect, test } from 'vitest';
import { protocolOf, serviceSettings } from './index.ts';
import { openIntentionsLab } from './testing/intentions-lab.ts';

test.for([
  [[], 'tcp'],
  [[{ kind: 'proxy-defaults', name: 'global', config: { protocol: 'HTTP' } }], 'http'],
  [[{ kind: 'proxy-defaults', name: 'global', config: {} }], 'tcp'],
  [
    [
      { kind: 'proxy-defaults', name: 'global', config: { protocol: 'http' } },
      { kind: 'service-defaults', name: 'db', protocol: 'grpc' },
    ],
    'grpc',
  ],
  [
    [
      { kind: 'proxy-defaults', name: 'global', config: { protocol: 'http' } },
      { kind: 'service-defaults', name: 'db' },
    ],
    'tcp',
  ],
] as const)('with %j a service speaks %s', async ([entries, protocol]) => {
  const lab = await openIntentionsLab();
  for (const entry of entries) await lab.write(entry);
  expect(lab.ask(protocolOf, 'db')).toBe(protocol);
});

test('what holds for all proxies is behind what holds for a service', async () => {
  const lab = await openIntentionsLab();
  const extension = (name: string) => ({ name, arguments: { script: name } });
  await lab.write({
    kind: 'proxy-defaults',
    name: 'global',
    mesh_gateway: { mode: 'remote' },
    envoy_extensions: [extension('builtin/lua')],
  });
  const other = lab.ask(serviceSettings, 'other');
  expect(other).toMatchObject({ meshGatewayMode: 'remote', dialedDirectly: false, chainKinds: [] });
  await lab.write({
    kind: 'service-defaults',
    name: 'db',
    protocol: 'http',
    external_sni: 'db.example',
    mesh_gateway: { mode: 'local' },
    transparent_proxy: { dialed_directly: true },
    meta: { team: 'data' },
  });
  await lab.write({ kind: 'service-router', name: 'db' });
  expect(lab.ask(serviceSettings, 'db')).toMatchObject({
    protocol: 'http',
    meshGatewayMode: 'local',
    externalSni: 'db.example',
    dialedDirectly: true,
    meta: { team: 'data' },
    envoyExtensions: [{ name: 'builtin/lua' }],
    chainKinds: ['service-router'],
  });
  expect(lab.ask(serviceSettings, 'other')).toBe(other);
});
