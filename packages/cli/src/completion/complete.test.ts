import { expect, test } from 'vitest';
import type { StubAgent } from '../testing/stub-agent.ts';
import { startStubAgent } from '../testing/stub-agent.ts';
import { complete } from './complete.ts';
import { shellWords } from './shell-words.ts';

const answers = {
  'GET /v1/catalog/services': { web: [], 'web-sidecar-proxy': [], db: [] },
  'GET /v1/catalog/nodes': [{ Node: 'node-1' }, { Node: 'node-2' }],
  'GET /v1/agent/services': {
    a: { ID: 'web-1', Service: 'web', Kind: '' },
    b: { ID: 'web-1-sidecar-proxy', Service: 'web-sidecar-proxy', Kind: 'connect-proxy' },
  },
  'GET /v1/config/service-defaults': [{ Kind: 'service-defaults', Name: 'web' }],
};

/** The words that are offered behind a line, or `files`. */
async function offered(line: string, agent?: StubAgent): Promise<readonly string[] | 'files'> {
  const environment = { CONSUL_HTTP_ADDR: agent?.address ?? '127.0.0.1:1' };
  const io = { out: () => {}, err: () => {}, environment };
  const agentCommand = {
    flags: [{ name: 'dev', kind: 'switch' as const, about: 'Keep nothing.' }],
  };
  const offer = await complete(shellWords(line).slice(1), io, { agent: async () => agentCommand });
  if (offer.kind === 'files') return 'files';
  return offer.candidates.map(({ value }) => offer.before + value);
}

test.for<readonly [string, readonly string[] | 'files']>([
  ['chancery inten', ['intention']],
  ['chancery a', ['agent', 'apply']],
  ['chancery kv', []],
  ['chancery connect c', ['ca']],
  ['chancery connect ca ', ['get-config', 'set-config']],
  ['chancery connect nope ', []],
  ['chancery kv get ', []],
  ['chancery agent -', ['-dev']],
  ['chancery intention create -de', ['-deny']],
  ['chancery intention create -deny -de', []],
  ['chancery intention create --de', ['-deny']],
  ['chancery intention create -meta a=b -me', ['-meta']],
  ['chancery members -format ', ['json', 'pretty']],
  ['chancery members -format=j', ['-format=json']],
  ['chancery members --format=j', ['--format=json']],
  ['chancery members -nope=', []],
  ['chancery watch -type connect_', ['connect_leaf', 'connect_roots']],
  ['chancery watch -type services ./', 'files'],
  ['chancery watch -type services ./run -', 'files'],
  ['chancery config write ', 'files'],
  ['chancery config read -kind service-d', ['service-defaults']],
  ['chancery services register -name ', []],
  ['chancery connect envoy -sidecar-for web -- -', []],
  ['chancery completion ', ['bash', 'fish', 'zsh']],
  ['chancery members -nope x -', []],
])('%s', async ([line, words]) => {
  expect(await offered(line)).toEqual(words);
});

test('without an argument to offer, the own flags of the command are offered', async () => {
  expect(await offered('chancery catalog services ')).toEqual([
    '-format',
    '-node',
    '-node-meta',
    '-tags',
  ]);
});

test.for<readonly [string, readonly string[]]>([
  ['chancery intention create w', ['web', 'web-sidecar-proxy']],
  ['chancery intention create ', ['*', 'db', 'web', 'web-sidecar-proxy']],
  ['chancery intention create web d', ['db']],
  ['chancery intention check -token x web ', ['db', 'web', 'web-sidecar-proxy']],
  ['chancery services deregister -id w', ['web-1']],
  ['chancery connect envoy -proxy-id=', ['-proxy-id=web-1-sidecar-proxy']],
  ['chancery catalog nodes -near ', ['node-1', 'node-2']],
  ['chancery config read -kind service-defaults -name ', ['web']],
  ['chancery config read -name ', []],
])('%s, by asking the agent', async ([line, words]) => {
  await using agent = await startStubAgent(answers);
  expect(await offered(line, agent)).toEqual(words);
});

test('flags that stand in the line already say which agent is asked', async () => {
  await using agent = await startStubAgent(answers);
  const line = `chancery intention create -http-addr ${agent.address} d`;
  expect(await offered(line)).toEqual(['db']);
});

test('an agent that is down, answers wrongly or not at all offers nothing', async () => {
  expect(await offered('chancery intention match ')).toEqual([]);
  await using wrong = await startStubAgent({
    'GET /v1/catalog/services': { status: 500, text: '' },
  });
  expect(await offered('chancery intention match ', wrong)).toEqual([]);
  await using silent = await startStubAgent({ 'GET /v1/catalog/services': () => {} });
  expect(await offered('chancery intention match ', silent)).toEqual([]);
});
