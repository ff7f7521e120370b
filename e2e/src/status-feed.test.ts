import { connectMesh } from '@chancery/mesh-api/client';
import type { MatrixCell } from '@chancery/mesh-api/v1/status';
import { type DemoMesh, demoMesh, until } from '@chancery/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { patienceMs, withinMs } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

describeWithEnvoy('a mesh of real Envoys that is watched', () => {
  let mesh: DemoMesh;
  let calls: ReturnType<typeof connectMesh>;
  beforeAll(async () => {
    mesh = await demoMesh();
    const { http: port } = mesh.agent.ports;
    calls = connectMesh({ address: { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port } });
    await mesh.connected(withinMs);
  }, 60_000);
  afterAll(async () => {
    calls[Symbol.dispose]();
    await mesh[Symbol.asyncDispose]();
  });

  const pair = { sources: ['web'], destinations: ['db'] };

  /** What is told of web => db, at any time. */
  function watchedPair(): () => MatrixCell | undefined {
    const over = new AbortController();
    let latest: MatrixCell | undefined;
    const watched = (async () => {
      for await (const { cells } of calls.status.watchMatrix(pair, { signal: over.signal })) {
        [latest] = cells;
      }
    })();
    watched.catch(() => {});
    onTestFinished(() => over.abort());
    return () => latest;
  }

  test('connections are seen, also those that are denied', async () => {
    const cell = watchedPair();
    // Envoy counts nothing of a cluster in the second in which it came.
    const dialled = async (isSo: (told: MatrixCell) => boolean): Promise<boolean> => {
      await mesh.web.talk('hello', 300);
      const told = cell();
      return told !== undefined && isSo(told);
    };
    await until(() => dialled(({ seen }) => seen > 0n), { withinMs: 15_000, what: 'it was seen' });
    expect(cell()).toMatchObject({ allowed: true, declared: true, decidedBy: '' });
    await mesh.agent.cli('intention', 'create', '-deny', 'web', 'db');
    await until(async () => (await mesh.web.talk('hello', 300)).verdict !== 'echo', {
      withinMs,
      what: 'a connection was denied',
    });
    // The next report tells of what was allowed before, the one after it only of what was denied.
    for (let at = 0; at < 2; at += 1) {
      const before = cell()?.seen ?? 0n;
      const what = `report ${at + 1} came after the denial`;
      await until(() => dialled(({ seen }) => seen > before), { withinMs: 15_000, what });
    }
    const told = { allowed: false, decidedBy: 'web => db (deny)', exact: true, declared: true };
    expect(cell()).toMatchObject(told);
    await mesh.agent.cli('intention', 'delete', 'web', 'db');
  }, 60_000);

  test('an intention with a time to live ends by itself, and the history says why', async () => {
    const created = await mesh.agent.cli('intention', 'create', '-deny', '-ttl', '2s', 'web', 'db');
    expect(created).toEqual({ code: 0, output: 'Created: web => db (deny), for 2s\n' });
    await until(async () => (await mesh.web.talk('hello', 300)).verdict !== 'echo', {
      withinMs,
      what: 'a connection was denied',
    });
    await until(async () => (await mesh.web.talk('hello', 300)).verdict === 'echo', {
      withinMs: 2000 + patienceMs,
      what: 'the intention had ended',
    });
    const { items } = await calls.changes.listHistory({ kind: 'service-intentions', limit: 1 });
    expect(items[0]?.by).toBe('agent');
    expect(items[0]?.reason).toMatch(
      /^2s of web => db \(deny\), written at revision \d+ by .+, are over$/,
    );
  }, 30_000);

  test('one that ended while the agent was down ends when it is back', async () => {
    await mesh.agent.cli('intention', 'create', '-deny', '-ttl', '2s', 'web', 'db');
    await mesh.agent.kill9();
    const down = Date.now();
    await until(async () => Date.now() - down > 2000, { withinMs: 5000, what: 'it was over' });
    await mesh.agent.restart();
    await until(async () => (await mesh.web.talk('hello', 300)).verdict === 'echo', {
      withinMs: patienceMs,
      what: 'the intention had ended',
    });
    expect((await mesh.agent.cli('intention', 'get', 'web', 'db')).code).toBe(1);
  }, 30_000);
});
