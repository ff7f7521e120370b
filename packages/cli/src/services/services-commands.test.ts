import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeServiceRegistration } from '@chancery/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';
import { registrationEntry } from './registration-entry.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chancery-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const registered = { 'PUT /v1/agent/service/register': {} };

test('flags become a registration', async () => {
  await using agent = await startStubAgent(registered);
  const line =
    'services register -name foo -id foo1 -address 1.2.3.4 -port 80 -tag a -tag b -meta k=v -tagged-address lan=1.1.1.1:80';
  expect(await chancery(line, agent)).toEqual({ code: 0, out: 'Registered service: foo', err: '' });
  const [asked = ''] = agent.asked;
  expect(JSON.parse(asked.slice(asked.indexOf('{')))).toEqual({
    Name: 'foo',
    ID: 'foo1',
    Address: '1.2.3.4',
    Port: 80,
    Tags: ['a', 'b'],
    Meta: { k: 'v' },
    TaggedAddresses: { lan: { Address: '1.1.1.1', Port: 80 } },
  });
});

test('every service of every file is registered, in order', async () => {
  await using agent = await startStubAgent(registered);
  const hcl = await file('a.hcl', 'services { name = "web" }\nservices { name = "db" }');
  const json = await file('b.json', '{"service": {"name": "api", "port": 1}}');
  expect(await chancery(['services', 'register', hcl, json], agent)).toEqual({
    code: 0,
    out: 'Registered service: web\nRegistered service: db\nRegistered service: api',
    err: '',
  });
});

test('every mistake of every file is told with its place, and nothing is registered', async () => {
  await using agent = await startStubAgent(registered);
  const one = await file('a.hcl', 'service { name = "api" porrt = 1 }');
  const two = await file('b.hcl', 'service { port = "x" }');
  const { code, err } = await chancery(['services', 'register', one, two], agent);
  expect(code).toBe(1);
  expect(err).toContain(`${one}:1:24: service[0].porrt: unknown key "porrt"; did you mean "port"?`);
  expect(err).toContain(`${two}:1:1: service[0]: name is missing`);
  expect(agent.asked).toEqual([]);
});

test.for([
  ['services register', 'Service registration requires at least one argument or -name.'],
  [
    'services register -name foo x.hcl',
    'Service registration requires arguments or flags, not both.',
  ],
  ['services register -name foo -port x', 'invalid value "x" for flag -port: it must be a number'],
  [
    'services register -name foo -tagged-address lan=x',
    'invalid value "lan=x" for flag -tagged-address: it must be key=host:port',
  ],
  [
    'services register nofile.hcl',
    'Error: config: Open failed on nofile.hcl. open nofile.hcl: no such file or directory',
  ],
  ['services deregister', 'Service deregistration requires at least one argument or -id.'],
  [
    'services deregister -id a x.hcl',
    'Service deregistration requires arguments or -id, not both.',
  ],
] as const)('%s is refused: %s', async ([line, err]) => {
  expect(await chancery(line)).toEqual({ code: 1, out: '', err });
});

test('a service is deregistered by ID, or as files declare it', async () => {
  const path = await file('a.hcl', 'service { name = "api" id = "api-1" }');
  await using agent = await startStubAgent({
    'PUT /v1/agent/service/deregister/foo': {},
    'PUT /v1/agent/service/deregister/api-1': {},
    'PUT /v1/agent/service/deregister/gone': { status: 404, text: 'Unknown service ID "gone".' },
  });
  expect((await chancery('services deregister -id foo', agent)).out).toBe(
    'Deregistered service: foo',
  );
  const byFile = await chancery(['services', 'deregister', path], agent);
  expect(byFile).toEqual({ code: 0, out: 'Deregistered service: api-1', err: '' });
  expect(await chancery('services deregister -id gone', agent)).toMatchObject({
    code: 1,
    err: 'Error deregistering service "gone": Unexpected response code: 404 (Unknown service ID "gone".)',
  });
});

test('a registration that went over HTTP is the registration that was read from the file', () => {
  const declared = {
    id: 'web-1',
    name: 'web',
    tags: ['v1'],
    address: '10.0.0.1',
    port: 8080,
    token: 'secret',
    meta: { a: 'b' },
    tagged_addresses: { lan: { address: '10.0.0.2', port: 1 } },
    weights: { passing: 3, warning: 2 },
    checks: [
      { id: 'ttl', ttl: '90s', notes: 'n' },
      {
        name: 'up',
        http: 'http://127.0.0.1:1/',
        method: 'POST',
        header: { a: ['b'] },
        interval: '5s',
        timeout: '1s',
      },
      { name: 'port', tcp: '127.0.0.1:8080', interval: '5s', status: 'passing' },
      { name: 'like', alias_service: 'db' },
      { name: 'tls', tcp: '127.0.0.1:8443', tcp_use_tls: true, interval: '5s' },
      { name: 'ping', h2ping: '127.0.0.1:8080', h2ping_use_tls: false, interval: '5s' },
      { name: 'grpc', grpc: '127.0.0.1:8080/a.B', interval: '5s', success_before_passing: 2 },
      { name: 'script', args: ['/bin/true', 'x'], interval: '5s', output_max_size: 100 },
      { name: 'udp', udp: '127.0.0.1:53', interval: '5s', deregister_critical_service_after: '2m' },
    ],
    connect: {
      sidecar_service: {
        proxy: {
          config: { bind_port: 20999 },
          upstreams: [
            { destination_name: 'db', local_bind_port: 9191, config: { connect_timeout_ms: 2000 } },
            {
              destination_name: 'api',
              local_bind_socket_path: '/run/api.sock',
              local_bind_socket_mode: '0600',
            },
          ],
        },
      },
    },
  };
  const fromFile = decodeServiceRegistration(declared, { casing: 'file' });
  if (!fromFile.ok) throw new Error(JSON.stringify(fromFile.issues));
  const entry = JSON.parse(JSON.stringify(registrationEntry(fromFile.value)));
  expect(decodeServiceRegistration(entry, { casing: 'http' })).toEqual(fromFile);
});
