import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chancery, startStubAgent } from './testing/stub-agent.ts';

const datacenters = { 'GET /v1/catalog/datacenters': ['dc1', 'dc2'] };

test('an agent that is down is told in the words that scripts know', async () => {
  const agent = await startStubAgent({});
  await agent[Symbol.asyncDispose]();
  expect(await chancery('catalog datacenters', agent)).toEqual({
    code: 1,
    out: '',
    err: `Error listing datacenters: Get "http://${agent.address}/v1/catalog/datacenters": dial tcp ${agent.address}: connect: connection refused`,
  });
});

test('a flag wins over its variable', async () => {
  await using agent = await startStubAgent(datacenters);
  const environment = { CONSUL_HTTP_ADDR: '127.0.0.1:1', CONSUL_HTTP_TOKEN: 'variable' };
  const line = `catalog datacenters -http-addr ${agent.address} -token flag`;
  expect(await chancery(line, undefined, environment)).toMatchObject({ code: 0, out: 'dc1\ndc2' });
  expect(agent.lastToken()).toBe('flag');
});

test('a token file by flag wins over a token by variable', async () => {
  await using agent = await startStubAgent(datacenters);
  const folder = await mkdtemp(join(tmpdir(), 'chancery-cli-'));
  try {
    const path = join(folder, 'token');
    await writeFile(path, 'from-file\n');
    await chancery(`catalog datacenters -token-file ${path}`, agent, {
      CONSUL_HTTP_TOKEN: 'variable',
    });
    expect(agent.lastToken()).toBe('from-file');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the datacenter and -stale go with every request', async () => {
  await using agent = await startStubAgent({});
  await chancery('catalog nodes -datacenter dc2 -stale', agent);
  expect(agent.asked).toEqual(['GET /v1/catalog/nodes?dc=dc2&stale=']);
});

test.for([
  ['reload -namespace team', '-namespace is "team"; only "default" exists here'],
  [
    'reload -http-addr ftp://x',
    '-http-addr is "ftp://x"; it must be host:port, http://…, https://… or unix:///path',
  ],
  [
    'reload -token-file /nonexistent',
    '-token-file names /nonexistent, which cannot be read: no such file or directory',
  ],
] as const)('%s is refused: %s', async ([line, err]) => {
  expect(await chancery(line)).toEqual({ code: 1, out: '', err });
});

test('a namespace or partition by variable is the default one, or refused by its name', async () => {
  await using agent = await startStubAgent(datacenters);
  const fine = { CONSUL_NAMESPACE: 'default', CONSUL_PARTITION: '' };
  expect(await chancery('catalog datacenters', agent, fine)).toMatchObject({ code: 0 });
  expect(await chancery('reload', agent, { CONSUL_NAMESPACE: 'team' })).toMatchObject({
    code: 1,
    err: 'CONSUL_NAMESPACE is "team"; only "default" exists here',
  });
  const flag = 'catalog datacenters -partition default';
  expect(await chancery(flag, agent, { CONSUL_PARTITION: 'team' })).toMatchObject({ code: 0 });
});

test('what an agent warns of is told on standard error, whatever the command', async () => {
  await using agent = await startStubAgent(datacenters, { warnings: ['careful'] });
  expect(await chancery('catalog datacenters', agent)).toEqual({
    code: 0,
    out: 'dc1\ndc2',
    err: 'Warning: careful',
  });
});

test('a variable is called by its own name where no flag was given', async () => {
  const err = 'CONSUL_CACERT names /, which cannot be read: is a directory';
  expect(await chancery('reload', undefined, { CONSUL_CACERT: '/' })).toMatchObject({ err });
});
