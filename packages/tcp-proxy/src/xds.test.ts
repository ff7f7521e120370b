import { once } from 'node:events';
import { createServer } from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import { encode, pack, typeUrls } from '@chancery/envoy-api';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import { dial, talk, until } from '@chancery/testing';
import type { Resource } from '@chancery/xds-translator';
import { expect, test } from 'vitest';
import { demoPair } from './testing/demo-pair.ts';
import { runningProxy } from './testing/running-proxy.ts';
import { testMesh } from './testing/test-mesh.ts';

const name = 'other:127.0.0.1:1';

/** A listener whose only filter is of a type that is no filter at all. */
function listenerWithOddFilter(): Resource {
  const body = encode(
    ListenerSchema,
    create(ListenerSchema, {
      name,
      address: {
        address: {
          case: 'socketAddress',
          value: { address: '127.0.0.1', portSpecifier: { case: 'portValue', value: 1 } },
        },
      },
      filterChains: [
        {
          filters: [
            {
              name: 'odd',
              configType: {
                case: 'typedConfig',
                value: pack(ListenerSchema, create(ListenerSchema)),
              },
            },
          ],
        },
      ],
    }),
  );
  return { typeUrl: typeUrls.listener, name, hash: 'odd', body };
}

test('a filter that is not understood is rejected by name and path, and its siblings serve', async () => {
  await using pair = await demoPair({ served: (all) => [...all, listenerWithOddFilter()] });
  expect(await talk(pair.port, 'hello')).toMatchObject({ verdict: 'echo' });
  expect(pair.mesh.nacks).toMatchObject([
    {
      proxyId: 'db',
      resources: [name],
      reason: `${name}: $.filter_chains[0].filters[0].typed_config envoy.config.listener.v3.Listener is not supported by the built-in proxy`,
    },
  ]);
  expect([...pair.db.proxy.ports.keys()]).toEqual(['public_listener:127.0.0.1:0']);
});

test('a change that is not understood leaves in force what was there', async () => {
  await using pair = await demoPair();
  const broken = (resource: Resource): Resource =>
    resource.typeUrl === typeUrls.extensionConfig
      ? { ...resource, hash: 'broken', body: new Uint8Array([0xff]) }
      : resource;
  await pair.declareDb({ served: (all) => all.map(broken) });
  await until(() => pair.mesh.nacks.length > 0, { withinMs: 5000, what: 'it is rejected' });
  expect(pair.mesh.nacks[0]?.reason).toMatch(/^envoy\.filters\.network\.rbac: \$ is no envoy/);
  expect(await talk(pair.port, 'hello')).toMatchObject({ verdict: 'echo' });
});

test('a key that is none is rejected, and not shown', async () => {
  await using pair = await demoPair();
  const garbled = (resource: Resource): Resource => {
    if (!resource.name.startsWith('leaf/')) return resource;
    const text = Buffer.from(resource.body).toString('latin1').replace(/MH/, 'QQ');
    return { ...resource, hash: 'garbled', body: Buffer.from(text, 'latin1') };
  };
  await pair.declareDb({ served: (all) => all.map(garbled) });
  await until(() => pair.mesh.nacks.length > 0, { withinMs: 5000, what: 'it is rejected' });
  expect(pair.mesh.nacks[0]?.reason).toMatch(/^leaf\/.*: \$ cannot be used: ERR_\w+$/);
});

test('while the server is away everything goes on; when it is back nothing is sent again', async () => {
  await using pair = await demoPair();
  const { mesh } = pair;
  using before = dial(pair.port);
  expect(await before.exchange('one')).toMatchObject({ verdict: 'echo' });
  await mesh[Symbol.asyncDispose]();
  await pair.db.said('trying again');
  expect(await talk(pair.port, 'two')).toMatchObject({ verdict: 'echo' });

  await using again = await testMesh(mesh);
  const ports = [await pair.db.port('public_listener')];
  const db = { service: 'db', localPort: pair.echo.port };
  await again.declare(db);
  await again.declare({ service: 'web', upstreams: { db: ports } });
  await until(() => again.server.counters.streams === 2, {
    withinMs: 15_000,
    what: 'both are back',
  });
  const deny = { source: 'web', destination: 'db', action: 'deny' } as const;
  await again.declare({ ...db, intentions: [deny] });
  await until(async () => (await talk(pair.port, 'three')).verdict === 'closed', {
    withinMs: 5000,
    what: 'the deny is enforced',
  });
  expect(again.server.counters.responses).toBe(1);
  expect(await before.exchange('four')).toMatchObject({ verdict: 'echo' });
});

test('a proxy that the server does not know says so, and tries again', async () => {
  await using mesh = await testMesh();
  await using proxy = runningProxy(mesh.port, 'nobody');
  await proxy.said('(NOT_FOUND: proxy "nobody" is not registered); trying again');
});

test('the token goes with the call, and into no line of the log', async () => {
  const tokens: unknown[] = [];
  const server = createServer().on('stream', (stream, headers) => {
    tokens.push(headers['x-consul-token']);
    stream.respond({ ':status': 503 }, { endStream: true });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  {
    const { port } = server.address() as AddressInfo;
    await using proxy = runningProxy(port, 'web', 's3cret');
    await proxy.said('(the server answers with HTTP status 503); trying again');
    expect(tokens).toContain('s3cret');
    expect(proxy.lines.join('\n')).not.toContain('s3cret');
  }
  server.close();
});

test('what goes wrong with connections leaves nothing behind', async () => {
  await using pair = await demoPair({ localPort: 1 });
  const publicPort = await pair.db.port('public_listener');
  for (let round = 0; round < 50; round += 1) {
    await Promise.all([
      // The app is not there.
      talk(pair.port, 'x'),
      // A handshake that never comes, or breaks in the middle.
      silentThenReset(publicPort, ''),
      silentThenReset(publicPort, '\x16\x03\x01\x02\x00\x01'),
      silentThenReset(publicPort, 'no handshake'),
      silentThenReset(pair.port, 'x'),
    ]);
  }
  for (const { proxy } of [pair.web, pair.db]) {
    const idle = () => proxy.connections.accepted + proxy.connections.forwarded === 0;
    await until(idle, { withinMs: 5000, what: 'no connection is left' });
  }
  await pair.declareDb({});
  await until(async () => (await talk(pair.port, 'x')).verdict === 'echo', {
    withinMs: 5000,
    what: 'it works as ever',
  });
});

async function silentThenReset(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'connect');
  await setImmediate();
  socket.resetAndDestroy();
}
