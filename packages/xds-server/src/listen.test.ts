import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { typeUrls } from '@chancery/envoy-api';
import { expect, test } from 'vitest';
import { RawClient } from './testing/raw-client.ts';
import { resource } from './testing/script.ts';
import { createXdsServer } from './xds-server.ts';

const local = { host: '127.0.0.1', port: 0 };

test('one server listens at several addresses, sockets in the file system among them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xds-socket-'));
  const path = join(folder, 'xds.sock');
  try {
    await using server = createXdsServer();
    const { port } = await server.listen(local);
    expect(await server.listen({ path })).toEqual({ port: 0 });
    server.publish('web-proxy', { revision: 1, resources: [resource('cluster', 'db', 'a')] });
    const session = connectHttp2('http://localhost', {
      createConnection: () => connectSocket(path),
    });
    for (const client of [new RawClient(port), new RawClient(0, {}, session)]) {
      client.send({ node: { id: 'web-proxy' }, typeUrl: typeUrls.cluster });
      expect((await client.response(0)).resources).toHaveLength(1);
      client[Symbol.dispose]();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a port that is taken is an error', async () => {
  await using server = createXdsServer();
  const address = { host: '127.0.0.1', ...(await server.listen(local)) };
  await using other = createXdsServer();
  await expect(other.listen(address)).rejects.toThrow('EADDRINUSE');
});
