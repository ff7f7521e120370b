import { demoMesh, type Plane, type Sidecar, type Source, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { describeOnEachPlane } from './planes.ts';
import { patienceMs, withinMs } from './story.ts';

const rounds = 3;

/** Waits until a source is let in, or until it is not. */
async function becomes(source: Source<Plane>, verdict: 'let in' | 'denied'): Promise<void> {
  const expected = verdict === 'let in';
  await until(async () => ((await source.talk('Hello?', 300)).verdict === 'echo') === expected, {
    withinMs,
    what: `${source.name} was ${verdict}`,
  });
}

/** Whether a sidecar has the listeners that it began with, untouched. */
async function expectSameListeners(sidecar: Sidecar<Plane>): Promise<void> {
  if (sidecar.plane === 'builtin') {
    const output = sidecar.program.output();
    expect(output.match(/public_listener:\S+: (listening|closed)$/gm)).toHaveLength(1);
    expect(output).not.toContain('not taken');
    return;
  }
  const { admin } = sidecar;
  expect(await admin.stat('listener_manager.listener_modified')).toBe(0);
  expect(await admin.stat('listener_manager.listener_in_place_updated')).toBe(0);
  expect(await admin.stat('listener_manager.total_filter_chains_draining')).toBe(0);
  expect(await admin.stat('listener_manager.lds.update_rejected')).toBe(0);
}

describeOnEachPlane('a deny', (plane) => {
  test('touches no established connection and replaces no listener', async () => {
    await using mesh = await demoMesh({ plane, sources: ['web', 'api'] });
    await mesh.connected();
    const [web, api] = mesh.sources;
    const [db] = mesh.instances;
    if (web === undefined || api === undefined || db === undefined) throw new Error('no mesh');
    await until(async () => (await api.talk('ready?')).verdict === 'echo', {
      withinMs: 5000,
      what: 'api reached db',
    });
    using denied = web.dial();
    using allowed = api.dial();
    expect(await denied.exchange('before', patienceMs)).toMatchObject({ verdict: 'echo' });
    expect(await allowed.exchange('before', patienceMs)).toMatchObject({ verdict: 'echo' });

    const { intentions } = mesh.agent.client;
    for (let round = 0; round < rounds; round++) {
      await intentions.upsert({ SourceName: 'web', DestinationName: 'db', Action: 'deny' });
      await becomes(web, 'denied');
      expect(await api.talk('Hello?', patienceMs)).toMatchObject({ verdict: 'echo' });
      await intentions.delete('web', 'db');
      await becomes(web, 'let in');
    }

    expect(await denied.exchange('after', patienceMs)).toMatchObject({ verdict: 'echo' });
    expect(await allowed.exchange('after', patienceMs)).toMatchObject({ verdict: 'echo' });
    await expectSameListeners(db.sidecar);
  });
});
