import { expect, test } from 'vitest';
import { askMesh } from './ask-mesh.ts';
import { parseFlags } from './flags.ts';
import { httpFlags } from './http-flags.ts';
import { type MeshAgent, startMeshAgent } from './testing/mesh-agent.ts';
import { startStubAgent } from './testing/stub-agent.ts';

/** Lists the proxies of an agent by a command line of flags. */
async function list(words: readonly string[], agent?: { readonly address: string }) {
  const parsed = parseFlags(words, httpFlags);
  if (parsed.kind !== 'parsed') throw new Error('wrong flags');
  const err: string[] = [];
  const io = {
    out: () => undefined,
    err: (line: string) => err.push(line),
    environment: agent === undefined ? {} : { CONSUL_HTTP_ADDR: agent.address },
    user: () => 'Zoë',
  };
  const call = { ...parsed, io };
  const code = await askMesh(call, 'Error listing proxies', async ({ proxies }) => {
    await proxies.listProxies({});
    return 0;
  });
  return { code, err: err.join('\n') };
}

function startAgent(seen: unknown[]): Promise<MeshAgent> {
  return startMeshAgent({
    principal: (headers) => {
      seen.push([headers.get('x-consul-token'), headers.get('x-chancery-author')]);
      return { name: 'anyone' };
    },
    authorise: (_principal, right) => right === 'mesh:read',
  });
}

test('a call goes with the token, and the name of who runs the command', async () => {
  const seen: unknown[] = [];
  await using agent = await startAgent(seen);
  expect(await list(['-token', 't'], agent)).toEqual({
    code: 1,
    err: expect.stringMatching(/^Error listing proxies: .*ListProxies.* is not implemented$/),
  });
  expect(seen).toEqual([['t', 'Zo%C3%AB']]);
});

test('an agent that is down is told in the words that scripts know', async () => {
  const agent = await startMeshAgent({});
  await agent[Symbol.asyncDispose]();
  const { address } = agent;
  expect(await list([], agent)).toEqual({
    code: 1,
    err: `Error listing proxies: Post "http://${address}/chancery.mesh.v1.ProxyService/ListProxies": dial tcp ${address}: connect: connection refused`,
  });
});

test('an agent of another kind is told to be none of these', async () => {
  await using agent = await startStubAgent({});
  expect(await list([], agent)).toEqual({
    code: 1,
    err: `Error listing proxies: http://${agent.address} does not answer ListProxies (HTTP 404): no Chancery agent listens there, or one of another version`,
  });
});

test.for(['-datacenter', '-stale'])('%s is refused where it means nothing', async (flag) => {
  expect(await list(flag === '-stale' ? [flag] : [flag, 'dc2'])).toEqual({
    code: 1,
    err: 'neither -datacenter nor -stale is understood here: it is about the agent that is asked',
  });
});
