import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Applied, ProxySource } from '@chancery/mesh-api';
import { createMeshApi } from '@chancery/mesh-api';
import { meshApiPrefix } from '@chancery/mesh-api/calls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chancery } from './testing/stub-agent.ts';

const whole: Applied = {
  affected: 3,
  acknowledged: 3,
  tookMs: 84.4,
  lagging: [],
  notConnected: [],
};

type Asked = Parameters<ProxySource['applied']>;

/** An agent that takes every write, tells revisions from 5 on, and what has become of each. */
async function startWriter(
  applied: (...asked: Asked) => Partial<Applied>,
  { tellsRevisions = true } = {},
) {
  let revision = 4;
  const asked: string[] = [];
  const unknown = { list: async () => [], config: async () => undefined };
  const mesh = createMeshApi({
    principal: () => ({ name: 'anyone' }),
    authorise: () => true,
    revision: () => revision,
    log: () => undefined,
    proxies: { ...unknown, applied: async (...each) => ({ ...whole, ...applied(...each) }) },
  });
  const server = createServer((request, response) => {
    if (request.url?.startsWith(meshApiPrefix)) return mesh(request, response);
    const { method, url, headers } = request;
    asked.push(`${method} ${url} ${headers['x-chancery-author'] ?? ''}`.trim());
    request.resume();
    revision += 1;
    if (tellsRevisions) response.setHeader('X-Chancery-Revision', revision);
    response.end('{"ID":"1"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const create = 'intention create -deny -wait web db';
const created = 'Created: web => db (deny)';

describe('-wait', () => {
  test('says after the usual line how many proxies enforce the change, and how fast that was', async () => {
    const waited: number[][] = [];
    const agent = await startWriter((...asked) => {
      const [revision, timeoutMs] = asked;
      waited.push([revision, timeoutMs]);
      return {};
    });
    expect(await chancery(create, agent)).toEqual({
      code: 0,
      out: `${created}\nEnforced on 3/3 proxies in 84 ms`,
      err: '',
    });
    expect(waited).toEqual([[5, expect.any(Number)]]);
    expect(waited[0]?.[1]).toBeGreaterThan(5000);
  });

  test('names the proxies that lag when the time is over, and exits with 3', async () => {
    const lagging = [
      {
        id: 'db-1-sidecar-proxy',
        state: 'pending',
        detail: 'ECDS: sent 10 s ago, not acknowledged',
      },
      { id: 'db-2-sidecar-proxy', state: 'rejected', detail: 'LDS: refused: no such filter' },
    ] as const;
    const agent = await startWriter(() => ({ acknowledged: 1, tookMs: 10_000, lagging }));
    expect(await chancery(create, agent)).toEqual({
      code: 3,
      out: created,
      err: [
        'Enforced on 1/3 proxies after 10000 ms; not yet on:',
        '  db-1-sidecar-proxy: ECDS: sent 10 s ago, not acknowledged',
        '  db-2-sidecar-proxy: LDS: refused: no such filter',
      ].join('\n'),
    });
  });

  test.for([
    [{ affected: 0, acknowledged: 0 }, 'Nothing changes for any proxy', ''],
    [
      { affected: 0, acknowledged: 0, notConnected: ['a', 'b'] },
      'Nothing changes for a connected proxy',
      'Not connected, and given it when they are: a, b',
    ],
    [
      { affected: 1, acknowledged: 1, tookMs: 3, notConnected: ['a'] },
      'Enforced on 1/1 proxies in 3 ms',
      'Not connected, and given it when they are: a',
    ],
    [
      { affected: 0, acknowledged: 0, notConnected: [...'abcdefghijkl'] },
      'Nothing changes for a connected proxy',
      'Not connected, and given it when they are: a, b, c, d, e, f, g, h, i, j and 2 more',
    ],
  ] as const)('of %j it says "%s"', async ([applied, line, err]) => {
    const agent = await startWriter(() => applied);
    expect(await chancery(create, agent)).toEqual({ code: 0, out: `${created}\n${line}`, err });
  });

  test.for([
    ['intention delete -wait web db', 'Intention deleted.'],
    [
      'config delete -wait -kind service-defaults -name web',
      'Config entry deleted: service-defaults/web',
    ],
    ['intention delete -wait -datacenter dc1 web db', 'Intention deleted.'],
    ['services register -wait -name web', 'Registered service: web'],
    ['services deregister -wait -id web', 'Deregistered service: web'],
  ] as const)('%s waits as well', async ([line, out]) => {
    const agent = await startWriter(() => ({}));
    expect(await chancery(line, agent)).toEqual({
      code: 0,
      out: `${out}\nEnforced on 3/3 proxies in 84 ms`,
      err: '',
    });
  });

  test('with config write, it waits too', async () => {
    const agent = await startWriter(() => ({}));
    const entry = 'Kind = "service-defaults"\nName = "web"';
    expect(await chancery('config write -wait -', agent, {}, entry)).toMatchObject({
      code: 0,
      out: 'Config entry written: service-defaults/web\nEnforced on 3/3 proxies in 84 ms',
    });
  });

  test('waits as long as it is told, and no longer', async () => {
    const waited: number[] = [];
    const agent = await startWriter((_revision, timeoutMs) => {
      waited.push(timeoutMs);
      return {};
    });
    await chancery(`${create} -wait-timeout 1500ms`, agent);
    expect(waited[0]).toBeGreaterThan(0);
    expect(waited[0]).toBeLessThanOrEqual(1500);
  });

  test.for([
    ['-wait-timeout 3s web db', '-wait-timeout says how long -wait is to wait: it needs -wait'],
    [
      '-wait -wait-timeout soon web db',
      'invalid value "soon" for flag -wait-timeout: it must be a duration of up to 10m, such as 30s',
    ],
    [
      '-wait -wait-timeout 11m web db',
      'invalid value "11m" for flag -wait-timeout: it must be a duration of up to 10m, such as 30s',
    ],
  ] as const)('%s changes nothing: %s', async ([line, err]) => {
    const agent = await startWriter(() => ({}));
    expect(await chancery(`intention create ${line}`, agent)).toEqual({ code: 1, out: '', err });
    expect(agent.asked).toEqual([]);
  });

  test('is refused by an agent that tells no revision, after the change', async () => {
    const agent = await startWriter(() => ({}), { tellsRevisions: false });
    expect(await chancery(create, agent)).toEqual({
      code: 1,
      out: created,
      err: 'The agent tells no revision, so that -wait has nothing to wait for',
    });
  });
});

test('-reason goes with what is written, and with nothing else', async () => {
  const agent = await startWriter(() => ({}));
  await chancery(['intention', 'create', '-replace', '-reason', 'é & more', 'web', 'db'], agent);
  const reason = 'reason=%C3%A9%20%26%20more';
  expect(agent.asked).toEqual([
    'GET /v1/connect/intentions/exact?destination=db&source=web',
    `PUT /v1/connect/intentions/1?${reason}`,
  ]);
});
