import { once } from 'node:events';
import { createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { chancery, type StubAnswer, startStubAgent } from '../testing/stub-agent.ts';

const sidecar = {
  Kind: 'connect-proxy',
  ID: 'web-sidecar-proxy',
  Service: 'web-sidecar-proxy',
  Proxy: { DestinationServiceName: 'web', DestinationServiceID: 'web' },
};
const mesh: Readonly<Record<string, StubAnswer>> = {
  'GET /v1/agent/services': { web: { ID: 'web', Service: 'web' }, 'web-sidecar-proxy': sidecar },
  'GET /v1/agent/self': { xDS: { Port: -1, Ports: { Plaintext: -1, TLS: -1 } } },
  'GET /v1/agent/service/web': { ID: 'web', Service: 'web' },
  'GET /v1/agent/service/web-sidecar-proxy': sidecar,
};
const opening = '==> Starting the built-in Connect proxy';
const preparing = '==> Error preparing configuration:';

test.for([
  ['', `${preparing} No proxy ID specified. One of -proxy-id or -sidecar-for is required`],
  ['-sidecar-for nope', `${preparing} No sidecar proxy registered for nope`],
  [
    '-proxy-id web',
    `${preparing} web is a service and not a proxy: name its sidecar, or use -sidecar-for web`,
  ],
  [
    '-sidecar-for web',
    `${preparing} The agent serves no xDS: start it with -grpc-port 8502, or name another with -grpc-addr`,
  ],
  [
    '-sidecar-for web -grpc-addr a/b',
    `${preparing} -grpc-addr: a/b is no address of an xDS server without TLS`,
  ],
])('connect proxy %s is refused after it began', async ([flags = '', err]) => {
  await using agent = await startStubAgent(mesh);
  const { code, out, err: told } = await chancery(`connect proxy ${flags}`.trim(), agent);
  expect([code, told]).toEqual([1, err]);
  expect(out.startsWith(opening)).toBe(true);
});

test.for([
  [
    '-sidecar-for web -log-level foo',
    '==> Invalid log level: foo. Valid log levels are: [TRACE DEBUG INFO WARN ERR ERROR]',
  ],
  ['-sidecar-for web stray', '==> Should have no non-flag arguments.'],
])('connect proxy %s is refused before it begins', async ([flags = '', err]) => {
  expect(await chancery(`connect proxy ${flags}`)).toEqual({ code: 1, out: '', err });
});

/** Stands in for the xDS of an agent: keeps every stream open and says nothing. */
async function silentXds(): Promise<Http2Server> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

test.each(['SIGINT', 'SIGTERM'] as const)('it runs until %s, and ends well', async (signal) => {
  await using agent = await startStubAgent(mesh);
  const xds = await silentXds();
  const grpc = `127.0.0.1:${(xds.address() as AddressInfo).port}`;
  const printed = chancery(
    `connect proxy -sidecar-for web -grpc-addr ${grpc} -token secret -log-level warn`,
    agent,
  );
  const [, headers] = await once(xds, 'stream');
  expect(headers[':path']).toMatch(/DeltaAggregatedResources$/);
  expect(headers['x-consul-token']).toBe('secret');
  process.emit(signal);
  const { code, out, err } = await printed;
  expect([code, err]).toEqual([0, '']);
  expect(out.split('\n')).toEqual([
    opening,
    '           Service: web',
    '          Proxy ID: web-sidecar-proxy',
    `               xDS: ${grpc}`,
    '',
    '==> It runs; its log follows. Interrupt it to end it.',
    '',
    '==> The built-in Connect proxy has ended',
  ]);
  expect(process.listenerCount(signal)).toBe(0);
  xds.close();
});

test('what it logs goes to standard error, from the level on that was asked for', async () => {
  await using agent = await startStubAgent(mesh);
  const xds = await silentXds();
  xds.on('stream', (stream) => stream.respond({ ':status': 503 }, { endStream: true }));
  const grpc = `127.0.0.1:${(xds.address() as AddressInfo).port}`;
  const logged = async (level: string): Promise<string> => {
    const line = `connect proxy -sidecar-for web -grpc-addr ${grpc} -log-level ${level}`;
    const printed = chancery(line, agent);
    // The second attempt comes after the first one was told, or was not.
    await once(xds, 'stream');
    await once(xds, 'stream');
    process.emit('SIGTERM');
    return (await printed).err;
  };
  expect(await logged('ERR')).toBe('');
  expect(await logged('WARN')).toMatch(/^\S+ \[WARN\] {2}proxy: no xDS from the agent \(.*503\)/);
  xds.close();
});
