import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chancery, type StubAnswer, startStubAgent } from '../testing/stub-agent.ts';

const sidecar = {
  Kind: 'connect-proxy',
  ID: 'web-sidecar-proxy',
  Service: 'web-sidecar-proxy',
  Datacenter: 'dc1',
  Proxy: { DestinationServiceName: 'web', DestinationServiceID: 'web', Config: {} as object },
};
const path = 'GET /v1/agent/service/web-sidecar-proxy';
const mesh: Readonly<Record<string, StubAnswer>> = {
  'GET /v1/agent/services': { web: { ID: 'web', Service: 'web' }, 'web-sidecar-proxy': sidecar },
  'GET /v1/agent/self': { xDS: { Port: 8502, Ports: { Plaintext: 8502, TLS: -1 } } },
  'GET /v1/agent/service/web': { ID: 'web', Service: 'web' },
  [path]: sidecar,
};

test('the bootstrap is printed, and nothing else on standard output', async () => {
  await using agent = await startStubAgent(mesh);
  const line =
    'connect envoy -sidecar-for WEB -bootstrap -admin-bind 127.0.0.1:19001 -token secret';
  const { code, out, err } = await chancery(line, agent);
  expect([code, err]).toEqual([0, '']);
  const made = JSON.parse(out);
  expect(made.node).toMatchObject({ id: 'web-sidecar-proxy', cluster: 'web' });
  expect(made.admin.address.socket_address).toEqual({ address: '127.0.0.1', port_value: 19001 });
  expect(JSON.stringify(made.static_resources.clusters[0])).toContain('"port_value":8502');
  expect(JSON.stringify(made.dynamic_resources)).toContain('secret');
});

test('variables stand in for flags, and the agent is not asked for what is given', async () => {
  await using agent = await startStubAgent(mesh);
  const environment = { CONNECT_SIDECAR_FOR: 'web', CONSUL_GRPC_ADDR: '127.0.0.1:9502' };
  const { out } = await chancery('connect envoy -bootstrap', agent, environment);
  expect(out).toContain('"port_value": 9502');
  expect(agent.asked).not.toContain('GET /v1/agent/self');
  const byId = await chancery('connect envoy -bootstrap', agent, {
    CONNECT_PROXY_ID: 'web-sidecar-proxy',
  });
  expect(byId.code).toBe(0);
});

const two = { ...sidecar, ID: 'web-other' };
const stats = { ...sidecar, Proxy: { ...sidecar.Proxy, Config: { envoy_statsd_url: 'tcp://x' } } };
test.for<[string, Readonly<Record<string, StubAnswer>>, string]>([
  ['', {}, 'No proxy ID specified. One of -proxy-id or -sidecar-for is required'],
  ['-proxy-id a -sidecar-for b', {}, 'Only one of -proxy-id and -sidecar-for may be specified.'],
  ['-sidecar-for nope', mesh, 'No sidecar proxy registered for nope'],
  [
    '-sidecar-for web',
    { 'GET /v1/agent/services': { a: sidecar, b: two } },
    'More than one sidecar proxy registered for web.\n    Start proxy with -proxy-id and one of the following IDs: web-other, web-sidecar-proxy',
  ],
  [
    '-proxy-id nope',
    { ...mesh, 'GET /v1/agent/service/nope': { status: 404, text: 'unknown service ID: nope' } },
    'failed fetch proxy config from local agent: Unexpected response code: 404 (unknown service ID: nope)',
  ],
  [
    '-proxy-id web',
    mesh,
    'web is a service and not a proxy: name its sidecar, or use -sidecar-for web',
  ],
  [
    '-sidecar-for web -l debug',
    mesh,
    'flag provided but not defined: -l: chancery connect envoy -h lists its flags',
  ],
  [
    '-sidecar-for web debug',
    mesh,
    'unexpected argument "debug": what is meant for Envoy stands behind --',
  ],
  [
    '-sidecar-for web -grpc-addr https://127.0.0.1:1',
    mesh,
    '-grpc-addr https://127.0.0.1:1: a proxy reaches its agent without TLS: use http:// or no scheme',
  ],
  [
    '-sidecar-for web',
    { ...mesh, 'GET /v1/agent/self': { xDS: { Port: -1, Ports: { Plaintext: -1, TLS: -1 } } } },
    'The agent serves no xDS: start it with -grpc-port 8502, or name another with -grpc-addr',
  ],
  [
    '-sidecar-for web -admin-bind nonsense',
    mesh,
    '-admin-bind: "nonsense" is not an address such as 127.0.0.1:9102',
  ],
  [
    '-sidecar-for web -prometheus-backend-port x',
    mesh,
    'invalid value "x" for flag -prometheus-backend-port: it must be a port',
  ],
])('connect envoy %s is refused', async ([flags, answers, err]) => {
  await using agent = await startStubAgent(answers);
  const line = `connect envoy ${flags} -bootstrap`.replace('  ', ' ');
  expect(await chancery(line, agent)).toEqual({ code: 1, out: '', err });
});

test('a mistake in what the proxy says of its bootstrap is told by its key', async () => {
  await using agent = await startStubAgent({ ...mesh, [path]: stats });
  const { code, out, err } = await chancery('connect envoy -sidecar-for web -bootstrap', agent);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^proxy\.config\.envoy_statsd_url: /);
});

test('without an Envoy the way to one is told', async () => {
  await using agent = await startStubAgent(mesh);
  const { code, err } = await chancery(
    'connect envoy -sidecar-for web -envoy-binary /nonexistent/envoy',
    agent,
  );
  expect(code).toBe(1);
  expect(err).toMatch(/^Couldn't find envoy binary: -envoy-binary names \/nonexistent\/envoy/);
});

test("the command ends with Envoy's exit code, and passes on what stands behind the dashes", async () => {
  await using agent = await startStubAgent(mesh);
  const folder = await mkdtemp(join(tmpdir(), 'chancery-cli-'));
  try {
    const binary = join(folder, 'envoy');
    const seen = join(folder, 'seen');
    // Reads its bootstrap as Envoy does, notes its arguments, and ends.
    const script = `#!/bin/sh\ncat "$2" > ${seen}\necho "$@" >> ${seen}\nexit 7\n`;
    await writeFile(binary, script);
    await chmod(binary, 0o755);
    const line = `connect envoy -sidecar-for web -envoy-binary ${binary} -- -l debug`;
    expect(await chancery(line, agent)).toMatchObject({ code: 7 });
    const { readFile } = await import('node:fs/promises');
    const text = await readFile(seen, 'utf8');
    expect(text).toContain('"id":"web-sidecar-proxy"');
    expect(text).toContain('-l debug');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an Envoy that ends while its admin address is taken is followed by the way out', async () => {
  await using agent = await startStubAgent(mesh);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const line = `connect envoy -sidecar-for web -envoy-binary /usr/bin/false -admin-bind 127.0.0.1:${port}`;
  expect(await chancery(line, agent)).toEqual({
    code: 1,
    out: '',
    err: `127.0.0.1:${port} is taken: give Envoy's admin interface another address with -admin-bind`,
  });
  other.close();
  await once(other, 'close');
  expect(await chancery(line, agent)).toEqual({ code: 1, out: '', err: '' });
});
