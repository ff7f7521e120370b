import { type DemoMesh, demoMesh, type Sidecar, temporaryFolder, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { envoyUpdates } from './envoy-updates.ts';
import { meshCall, type ToldProxy } from './mesh-call.ts';
import { probeLoop } from './probe-loop.ts';
import { withinMs } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

/** A mesh with a durable agent: `web` and `api` dial `db`, and both reach it. */
async function durableMesh(dataDir: string): Promise<DemoMesh> {
  const mesh = await demoMesh({ sources: ['web', 'api'], agent: { dataDir } });
  await mesh.connected();
  await until(async () => (await sourceOf(mesh, 'api').talk('ready?')).verdict === 'echo', {
    withinMs: 5000,
    what: 'api reached db',
  });
  return mesh;
}

function sourceOf({ sources }: DemoMesh, name: string): DemoMesh['web'] {
  const found = sources.find((source) => source.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function sidecarsOf({ sources, instances }: DemoMesh): readonly Sidecar[] {
  return [...sources, ...instances].map(({ sidecar }) => sidecar);
}

async function denied({ agent }: DemoMesh, source: DemoMesh['web']): Promise<void> {
  await agent.client.intentions.upsert({
    SourceName: source.name,
    DestinationName: 'db',
    Action: 'deny',
  });
  await until(async () => (await source.talk('Hello?', 300)).verdict !== 'echo', {
    withinMs,
    what: `${source.name} was denied`,
  });
}

async function xdsFigure({ agent }: DemoMesh, name: string): Promise<number> {
  return Number((await agent.client.agent.self()).Stats['xds']?.[name]);
}

/** What the proxies have acknowledged, a line a type. */
async function versions({ agent }: DemoMesh): Promise<readonly string[]> {
  const { proxies } = await meshCall<{ proxies: ToldProxy[] }>(agent, 'ProxyService/ListProxies');
  return proxies.flatMap(({ id, types }) =>
    types.map(({ type, state, versionAcknowledged }) =>
      [id, type, state, versionAcknowledged].join(' '),
    ),
  );
}

/** Envoy tries again at growing and random intervals, of a few seconds when the agent was long away. */
async function reconnected(mesh: DemoMesh): Promise<void> {
  const count = sidecarsOf(mesh).length;
  await until(async () => (await xdsFigure(mesh, 'streams')) === count, {
    withinMs: 30_000,
    what: 'every Envoy was connected again',
  });
}

describeWithEnvoy('an agent that is killed', () => {
  test('is missed by neither traffic nor denials', async () => {
    await using folder = await temporaryFolder();
    await using mesh = await durableMesh(folder.path);
    const web = sourceOf(mesh, 'web');
    const api = sourceOf(mesh, 'api');
    using held = api.dial();
    expect(await held.exchange('before')).toMatchObject({ verdict: 'echo' });
    await denied(mesh, web);

    await mesh.agent.kill9();
    for (const { admin } of sidecarsOf(mesh)) {
      await until(async () => (await admin.stat('control_plane.connected_state')) === 0, {
        withinMs: 5000,
        what: 'Envoy was without an agent',
      });
    }
    for (let round = 0; round < 20; round++) {
      expect(await api.talk('Hello?', 5000)).toMatchObject({ verdict: 'echo' });
      expect(['closed', 'silent']).toContain((await web.talk('Hello?', 200)).verdict);
    }
    expect(await held.exchange('after')).toMatchObject({ verdict: 'echo' });
  });

  test('comes back without a gap: nothing is sent again, and the next deny is enforced at once', async () => {
    await using folder = await temporaryFolder();
    await using mesh = await durableMesh(folder.path);
    const web = sourceOf(mesh, 'web');
    const sidecars = sidecarsOf(mesh);
    const before = await Promise.all(sidecars.map(({ admin }) => envoyUpdates(admin)));
    const acknowledged = await versions(mesh);
    await using probes = probeLoop(sourceOf(mesh, 'api').port);

    await mesh.agent.kill9();
    await mesh.agent.restart();
    await reconnected(mesh);
    // One turn of every check: none may find anything else than before.
    const restarted = probes.attempts();
    await until(() => probes.attempts() > restarted + 100, {
      withinMs: 30_000,
      what: 'probes went on after the restart',
    });

    expect(await xdsFigure(mesh, 'responses')).toBe(0);
    // What they brought along is known, though nothing was sent.
    expect(await versions(mesh)).toEqual(acknowledged);
    for (const [at, { admin }] of sidecars.entries()) {
      expect(await envoyUpdates(admin)).toEqual(before[at]);
    }
    await denied(mesh, web);
    // The change of one policy is one response to one proxy.
    expect(await xdsFigure(mesh, 'responses')).toBe(1);
    expect(probes.attempts()).toBeGreaterThan(100);
    expect(probes.failures()).toEqual([]);
  });

  test('has lost nothing that it acknowledged, up to the moment of its death', async () => {
    await using folder = await temporaryFolder();
    await using mesh = await durableMesh(folder.path);
    const { agent } = mesh;
    const acknowledged = new Set<string>();
    let dead = false;
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; !dead; n++) {
        const SourceName = `source-${writer}-${n}`;
        await agent.client.intentions
          .upsert({ SourceName, DestinationName: 'db', Action: 'deny' })
          .then(
            () => acknowledged.add(SourceName),
            () => {
              dead = true;
            },
          );
      }
    };
    const writing = Promise.all([1, 2, 3, 4].map(write));
    await until(() => acknowledged.size >= 50, {
      withinMs: 20_000,
      what: '50 intentions were written',
    });
    await agent.kill9();
    await writing;
    await agent.restart();

    const kept = (await agent.client.intentions.list()).value.map((each) => each.SourceName);
    expect(kept).toEqual(expect.arrayContaining([...acknowledged]));
    await reconnected(mesh);
    for (const { admin } of sidecarsOf(mesh)) {
      expect(await admin.stat('listener_manager.listener_modified')).toBe(0);
    }
  });
});
