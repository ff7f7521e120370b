import { describe, expect, test } from 'vitest';
import type { AppliedRevision, HttpApiDependencies } from './dependencies.ts';
import { type Asked, ask } from './testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from './testing/in-memory-agent.ts';

const defaults = { Kind: 'service-defaults', Name: 'web', Protocol: 'http' };
const whole: AppliedRevision = {
  affected: 3,
  acknowledged: 3,
  tookMs: 84.4,
  lagging: [],
  notConnected: [],
};

/** A write of each kind. */
const ofEachKind = [
  ['PUT /v1/config', defaults],
  ['DELETE /v1/config/service-defaults/web', undefined],
  [
    'PUT /v1/connect/intentions/exact?source=web&destination=db',
    { SourceName: 'web', DestinationName: 'db', Action: 'deny' },
  ],
  ['DELETE /v1/connect/intentions/exact?source=web&destination=db', undefined],
  [
    'PUT /v1/agent/service/register',
    { Name: 'web', Port: 80, Check: { TTL: '10s' }, Connect: { SidecarService: {} } },
  ],
  ['PUT /v1/agent/check/register', { Name: 'mem', TTL: '10s' }],
  ['PUT /v1/agent/maintenance?enable=true&reason=x', undefined],
  ['PUT /v1/catalog/register', { Node: 'other', Address: '10.0.0.1' }],
  ['PUT /v1/connect/ca/configuration', { Provider: 'consul', Config: { LeafCertTTL: '48h' } }],
] as const;

function made(agent: InMemoryAgent, line: string, body: object | undefined) {
  return ask(agent, line, body === undefined ? {} : { body });
}

function write(agent: InMemoryAgent, query = '', asked: Asked = {}) {
  return ask(agent, `PUT /v1/config${query}`, { body: defaults, ...asked });
}

/** What the history tells of the last change. */
async function last({ store }: InMemoryAgent) {
  const changes = await Array.fromAsync(store.history(0));
  return changes.at(-1);
}

/** An agent that knows what proxies have, and what it was asked about that. */
async function startAgent(outcome: Partial<AppliedRevision> = {}, replaced = {}) {
  const waited: unknown[] = [];
  const applied: HttpApiDependencies['applied'] = async (revision, timeoutMs) => {
    waited.push([revision, timeoutMs]);
    return { ...whole, ...outcome };
  };
  const agent = await startInMemoryAgent({ applied, ...replaced });
  return { agent, waited, [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose]() };
}

describe('the answer to a write', () => {
  test.for([
    ['PUT /v1/config', defaults],
    ['DELETE /v1/config/service-defaults/web', undefined],
    ['POST /v1/connect/intentions', { SourceName: 'web', DestinationName: 'db', Action: 'deny' }],
    [
      'PUT /v1/connect/intentions/exact?source=web&destination=db',
      { SourceName: 'web', DestinationName: 'db', Action: 'deny' },
    ],
    ['DELETE /v1/connect/intentions/exact?source=web&destination=db', undefined],
    ['PUT /v1/agent/service/register', { Name: 'web' }],
    ['PUT /v1/agent/maintenance?enable=true', undefined],
    ['PUT /v1/agent/check/register', { Name: 'mem', TTL: '10s' }],
    ['PUT /v1/catalog/register', { Node: 'other', Address: '10.0.0.1' }],
  ] as const)('%s tells the revision that holds what was asked for', async ([line, body]) => {
    await using agent = await startInMemoryAgent();
    const { status, headers } = await ask(agent, line, body === undefined ? {} : { body });
    expect(status).toBe(200);
    expect(Number(headers['x-chancery-revision'])).toBe(agent.store.view.revision);
  });

  test('tells that of the certificate authority too', async () => {
    await using agent = await startInMemoryAgent();
    const { headers } = await ask(agent, 'PUT /v1/connect/ca/configuration', {
      body: { Provider: 'consul', Config: { LeafCertTTL: '48h' } },
    });
    expect(headers['x-chancery-revision']).toBe('7');
  });

  test.for(ofEachKind)(
    '%s a second time changes nothing, and tells the revision of the first',
    async ([line, body]) => {
      await using agent = await startInMemoryAgent();
      const once = () => made(agent, line, body);
      const first = await once();
      const { revision } = agent.store.view;
      const again = await once();
      expect([again.status, agent.store.view.revision]).toEqual([200, revision]);
      expect(again.headers['x-chancery-revision']).toBe(first.headers['x-chancery-revision']);
    },
  );

  test('tells no revision where it is refused', async () => {
    await using agent = await startInMemoryAgent();
    const refused = await write(agent, '', { body: { Kind: 'service-defaults', Name: '' } });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.headers['x-chancery-revision']).toBeUndefined();
  });

  test('that of a read tells none', async () => {
    await using agent = await startInMemoryAgent();
    const { headers } = await ask(agent, 'GET /v1/catalog/nodes?wait-applied=5s');
    expect(headers['x-chancery-revision']).toBeUndefined();
  });
});

describe('why something is changed', () => {
  test.for<readonly [string, string, Asked['headers'], string | undefined]>([
    ['the query', '?reason=incident%2042', {}, 'incident 42'],
    ['the header', '', { 'X-Chancery-Reason': 'incident 42' }, 'incident 42'],
    ['the query before the header', '?reason=a', { 'X-Chancery-Reason': 'b' }, 'a'],
    ['the header where the query says nothing', '?reason=', { 'X-Chancery-Reason': 'b' }, 'b'],
    ['UTF-8', '', { 'X-Chancery-Reason': Buffer.from('é').toString('latin1') }, 'é'],
    ['one line of it', '?reason=a%0Ab', {}, 'a b'],
    ['nobody', '', {}, undefined],
  ])('is told in the history: by %s', async ([, query, headers = {}, reason]) => {
    await using agent = await startInMemoryAgent();
    // Node's client would write the headers before a text as it writes the text.
    await write(agent, query, { headers, body: Buffer.from(JSON.stringify(defaults)) });
    expect(await last(agent)).toMatchObject({
      why: 'PUT /v1/config',
      ...(reason !== undefined && { reason }),
    });
    expect((await last(agent))?.reason).toBe(reason);
  });

  // The certificate authority is the agent's, which is held to that by a test of its own.
  const kept = ofEachKind.filter(([line]) => !line.includes('/ca/'));
  test.for(kept)('is told of %s', async ([line, body]) => {
    await using agent = await startInMemoryAgent();
    // What is to be deleted is there.
    const before = line.startsWith('DELETE') ? ofEachKind : [];
    for (const [other, its] of before) if (other.startsWith('PUT')) await made(agent, other, its);
    const { revision } = agent.store.view;
    const reason = line.includes('reason=') ? '' : `${line.includes('?') ? '&' : '?'}reason=x`;
    expect(await made(agent, `${line}${reason}`, body)).toMatchObject({ status: 200 });
    expect(agent.store.view.revision).toBeGreaterThan(revision);
    expect(await last(agent)).toMatchObject({ reason: 'x' });
  });

  test('is the reason of maintenance, where that is what is changed', async () => {
    await using agent = await startInMemoryAgent();
    await ask(agent, 'PUT /v1/agent/maintenance?enable=true&reason=new%20disk');
    expect(await last(agent)).toMatchObject({ reason: 'new disk' });
  });
});

test('who changes something may say who they are; what is made of it is for the agent', async () => {
  const seen: unknown[] = [];
  await using agent = await startInMemoryAgent({
    principal: (token, author) => {
      seen.push([token, author]);
      return { name: `${author} (unverified)` };
    },
  });
  await write(agent, '', { headers: { 'X-Chancery-Author': 'alice', 'X-Consul-Token': 't' } });
  expect(seen).toEqual([['t', 'alice']]);
  expect(await last(agent)).toMatchObject({ by: 'alice (unverified)' });
});

describe('?wait-applied', () => {
  test('has a write answered when the proxies have it, with how many that were', async () => {
    await using lab = await startAgent();
    const { status, text, headers } = await write(lab.agent, '?wait-applied=5s');
    expect([status, text]).toEqual([200, 'true']);
    expect(headers['x-chancery-applied']).toBe('affected=3 acknowledged=3 took-ms=84');
    expect(headers['x-chancery-warning']).not.toContain('does not have it');
    expect(lab.waited).toEqual([[lab.agent.store.view.revision, 5000]]);
  });

  test('names each proxy that lags when the time is over; the write is made all the same', async () => {
    await using lab = await startAgent({
      acknowledged: 1,
      lagging: [{ id: 'db-sidecar-proxy', detail: 'ECDS was refused' }],
      notConnected: ['old-sidecar-proxy'],
    });
    const { status, headers } = await write(lab.agent, '?wait-applied=1ms');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'x-chancery-applied': 'affected=3 acknowledged=1 took-ms=84 not-connected=1',
      'x-chancery-warning': expect.stringContaining(
        'proxy "db-sidecar-proxy" does not have it yet: ECDS was refused',
      ),
    });
    expect(await last(lab.agent)).toMatchObject({ why: 'PUT /v1/config' });
  });

  test('is ten seconds unless it says otherwise, and waits for nothing that is not asked for', async () => {
    await using lab = await startAgent();
    await write(lab.agent, '?wait-applied');
    await write(lab.agent);
    expect(lab.waited).toEqual([[lab.agent.store.view.revision, 10_000]]);
  });

  test.for(['soon', '0s', '-1s', '11m', '5'])(
    'of %s is refused, before anything is changed',
    async (text) => {
      await using lab = await startAgent();
      const { revision } = lab.agent.store.view;
      const answer = await write(lab.agent, `?wait-applied=${text}`);
      expect([answer.status, answer.text]).toEqual([
        400,
        `Invalid wait-applied: "${text}" is no duration of up to 10m, such as 5s`,
      ]);
      expect([lab.agent.store.view.revision, lab.waited]).toEqual([revision, []]);
    },
  );

  test('is refused by an agent that does not know what proxies have, before anything is changed', async () => {
    await using agent = await startInMemoryAgent();
    const { revision } = agent.store.view;
    expect(await write(agent, '?wait-applied=5s')).toMatchObject({
      status: 400,
      text: 'wait-applied: this agent does not know what proxies have: leave it away',
    });
    expect(agent.store.view.revision).toBe(revision);
  });

  test('of what leads to no revision is told to have waited for nothing', async () => {
    await using lab = await startAgent();
    const { headers } = await ask(lab.agent, 'PUT /v1/agent/reload?wait-applied=5s');
    expect(headers['x-chancery-warning']).toBe(
      'nothing was waited for: this request leads to no revision',
    );
    expect(lab.waited).toEqual([]);
  });

  test('of a write that is refused waits for nothing', async () => {
    await using lab = await startAgent();
    const answer = await write(lab.agent, '?wait-applied=5s', { body: { Kind: 'nothing' } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(lab.waited).toEqual([]);
  });

  test('ends its wait when its client is gone', async () => {
    const ended = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const applied: HttpApiDependencies['applied'] = async (_revision, _timeoutMs, signal) => {
      arrived.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended.resolve();
      return whole;
    };
    await using agent = await startInMemoryAgent({ applied });
    const abort = new AbortController();
    const asked = write(agent, '?wait-applied=5m', { signal: abort.signal });
    await arrived.promise;
    abort.abort();
    await expect(asked).rejects.toThrow();
    await ended.promise;
  });
});
