import { demoMesh } from '@chancery/testing';
import { test } from 'vitest';
import { tellStory } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

describeWithEnvoy('two real Envoys', () => {
  test('walk the whole story over delta xDS', async () => {
    await using mesh = await demoMesh();
    await mesh.connected();
    await tellStory(mesh);
  });

  test('walk the whole story over state-of-the-world xDS', async () => {
    await using mesh = await demoMesh({ sotw: true });
    await mesh.connected();
    await tellStory(mesh);
  });
});
