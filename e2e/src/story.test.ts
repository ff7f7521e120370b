import { demoMesh, labAgent, labCli } from '@chancery/testing';
import { expect, test } from 'vitest';
import { describeOnEachPlane } from './planes.ts';
import { tellStory } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

/** Consul speaks delta alone. */
const isPeer = labAgent().isPeer || labCli().isPeer;

describeOnEachPlane('two sidecars', (plane) => {
  test('walk the whole story over delta xDS', async () => {
    await using mesh = await demoMesh({ plane });
    await mesh.connected();
    await tellStory(mesh);
  });

  test.skipIf(isPeer)('are seen in the log as they come', async () => {
    await using mesh = await demoMesh({ plane });
    await mesh.connected();
    for (const proxy of ['web-sidecar-proxy', 'db-sidecar-proxy']) {
      expect(mesh.agent.output()).toMatch(
        new RegExp(`^\\S+ \\[INFO\\]  xds: stream opened: proxy=${proxy}$`, 'm'),
      );
    }
  });
});

describeWithEnvoy('two real Envoys', () => {
  test.skipIf(isPeer)('walk the whole story over state-of-the-world xDS', async () => {
    await using mesh = await demoMesh({ sotw: true });
    const bootstrap = await mesh.web.sidecar.admin.page('/config_dump?mask=bootstrap');
    expect(bootstrap).toMatch(/"api_type": "GRPC"/);
    await mesh.connected();
    await tellStory(mesh);
  });
});
