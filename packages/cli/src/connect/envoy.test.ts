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

test('variables stand in for flags, and what is given counts for more than what the agent says', async () => {
  await using agent = await startStubAgent(mesh);
  const environment = { CONNECT_SIDECAR_FOR: 'web', CONSUL_GRPC_ADDR: '127.0.0.1:9502' };
  const { out } = await chancery('connect envoy -bootstrap', agent, environment);
  expect(out).toContain('"port_value": 9502');
  expect(out).not.toContain('"port_value": 8502');
  const byId = await chancery('connect envoy -bootstrap', agent, {
    CONNECT_PROXY_ID: 'web-sidecar-proxy',
  });
  expect(byId.code).toBe(0);
});

test('Envoy reports its connections to an agent that takes such reports: a Consul does not', async () => {
  const bootstrapFrom = async (version: string) => {
    const self = { Config: { Version: version }, xDS: { Ports: { Plaintext: 8502 } } };
    await using agent = await startStubAgent({ ...mesh, 'GET /v1/agent/self': self });
    return JSON.parse((await chancery('connect envoy -sidecar-for web -bootstrap', agent)).out);
  };
  expect(await bootstrapFrom('1.20.1+chancery.0.1.0')).toHaveProperty('cluster_manager');
  expect(await bootstrapFrom('1.20.1')).not.toHaveProperty('cluster_manager');
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
  ['-gateway bogus', mesh, 'Gateway must be one of: api, terminating, mesh, or ingress'],
  ['-gateway mesh', mesh, '-gateway: gateways are not built yet, only sidecars are'],
  ['-sidecar-for web -register', mesh, '-register: gateways are not built yet, only sidecars are'],
  [
    '-sidecar-for web -prometheus-cert-file c.pem',
    mesh,
    'Must provide a CA (-prometheus-ca-file or -prometheus-ca-path) as well as -prometheus-cert-file and -prometheus-key-file to enable TLS for prometheus metrics',
  ],
  [
    '-sidecar-for web -prometheus-cert-file c.pem -prometheus-key-file k.pem -prometheus-ca-path /nonexistent',
    mesh,
    "-prometheus-ca-path: ENOENT: no such file or directory, scandir '/nonexistent'",
  ],
  [
    '-sidecar-for web -envoy-ready-bind-address 127.0.0.1 -envoy-ready-bind-port x',
    mesh,
    'invalid value "x" for flag -envoy-ready-bind-port: it must be a number',
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

const measured = {
  ...sidecar,
  Proxy: { ...sidecar.Proxy, Config: { envoy_prometheus_bind_addr: '127.0.0.1:29102' } },
};

async function bootstrapWith(flags: string) {
  await using agent = await startStubAgent({ ...mesh, [path]: measured });
  const line = `connect envoy -sidecar-for web -bootstrap ${flags}`.trimEnd();
  const ran = await chancery(line, agent);
  expect(ran.code).toBe(0);
  return { made: JSON.parse(ran.out), err: ran.err };
}

test('readiness is answered where the flags say', async () => {
  const { made } = await bootstrapWith(
    '-envoy-ready-bind-address localhost -envoy-ready-bind-port 29103',
  );
  const [, ready] = made.static_resources.listeners;
  expect(ready.name).toBe('envoy_ready_listener');
  expect(ready.address.socket_address.port_value).toBe(29103);
  const half = await bootstrapWith('-envoy-ready-bind-port 29103');
  expect(half.made.static_resources.listeners).toHaveLength(1);
  expect(half.err).toBe(
    'Warning: -envoy-ready-bind-port opens nothing without -envoy-ready-bind-address',
  );
});

test('metrics are served over TLS with a file or a folder of authorities', async () => {
  const files = '-prometheus-cert-file /c.pem -prometheus-key-file /k.pem';
  const authorities = async (flags: string) => {
    const { made } = await bootstrapWith(`${files} ${flags}`);
    const [certificate, validation] = made.static_resources.secrets;
    expect(certificate.tls_certificate.certificate_chain).toEqual({ filename: '/c.pem' });
    return validation.validation_context.trusted_ca;
  };
  expect(await authorities('-prometheus-ca-file /ca.pem')).toEqual({ filename: '/ca.pem' });
  const folder = await mkdtemp(join(tmpdir(), 'chancery-cli-'));
  try {
    const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`;
    await writeFile(join(folder, 'b.pem'), `${pem('BB')}\n`);
    await writeFile(join(folder, 'a.pem'), `${pem('AA')}\n`);
    await writeFile(join(folder, 'README'), 'none of them');
    expect(await authorities(`-prometheus-ca-path ${folder}`)).toEqual({
      inline_string: `${pem('AA')}\n${pem('BB')}`,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('what the proxy says of its bootstrap is left out on demand', async () => {
  expect((await bootstrapWith('')).made.static_resources.listeners).toHaveLength(1);
  const { made } = await bootstrapWith('-no-central-config');
  expect(made.static_resources).not.toHaveProperty('listeners');
});

test('the admin interface logs as the mesh does, unless a flag says where', async () => {
  const entry = {
    Kind: 'proxy-defaults',
    Name: 'global',
    TransparentProxy: {},
    MeshGateway: {},
    Expose: {},
    AccessLogs: {
      Enabled: true,
      Type: 'file',
      Path: '/var/log/mesh.log',
      TextFormat: '%DURATION%',
    },
    CreateIndex: 3,
    ModifyIndex: 3,
  };
  const answers = { ...mesh, 'GET /v1/config/proxy-defaults/global': entry };
  await using agent = await startStubAgent(answers);
  const logOf = async (flags: string) => {
    const { out } = await chancery(
      `connect envoy -sidecar-for web -bootstrap ${flags}`.trim(),
      agent,
    );
    return JSON.parse(out).admin.access_log[0].typed_config;
  };
  expect(await logOf('')).toMatchObject({
    path: '/var/log/mesh.log',
    log_format: { text_format_source: { inline_string: '%DURATION%\n' } },
  });
  expect(await logOf('-admin-access-log-path /a.log')).toMatchObject({ path: '/a.log' });
  expect(await logOf('-no-central-config')).toMatchObject({ path: '/dev/null' });
});

test('flags without effect are taken, and those that were meant to be safe say so', async () => {
  const { err } = await bootstrapWith('-envoy-version 1.29.7 -enable-config-gen-logging');
  expect(err).toBe('');
  const { err: warned } = await bootstrapWith('-grpc-ca-file /ca.pem');
  expect(warned).toBe(
    'Warning: -grpc-ca-file has no effect: a proxy reaches its agent without TLS',
  );
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
