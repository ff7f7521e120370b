import { demoMesh, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { withinMs } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

describeWithEnvoy('a deny', () => {
  test('touches no established connection and replaces no listener', async () => {
    await using mesh = await demoMesh({ sources: ['web', 'api'] });
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
    expect(await denied.exchange('before')).toMatchObject({ verdict: 'echo' });
    expect(await allowed.exchange('before')).toMatchObject({ verdict: 'echo' });

    for (let round = 0; round < 3; round++) {
      await mesh.agent.client.intentions.upsert({
        SourceName: 'web',
        DestinationName: 'db',
        Action: 'deny',
      });
      await until(async () => (await web.talk('Hello?', 300)).verdict !== 'echo', {
        withinMs,
        what: 'web was denied',
      });
      expect(await api.talk('Hello?')).toMatchObject({ verdict: 'echo' });
      await mesh.agent.client.intentions.delete('web', 'db');
      await until(async () => (await web.talk('Hello?', 300)).verdict === 'echo', {
        withinMs,
        what: 'web was let in again',
      });
    }

    expect(await denied.exchange('after')).toMatchObject({ verdict: 'echo' });
    expect(await allowed.exchange('after')).toMatchObject({ verdict: 'echo' });
    const { admin } = db.sidecar;
    expect(await admin.stat('listener_manager.listener_modified')).toBe(0);
    expect(await admin.stat('listener_manager.listener_in_place_updated')).toBe(0);
    expect(await admin.stat('listener_manager.total_filter_chains_draining')).toBe(0);
    expect(await admin.stat('listener_manager.lds.update_rejected')).toBe(0);
  });
});
