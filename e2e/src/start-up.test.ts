import { demoMesh, talk, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { withinMs } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

describeWithEnvoy('after a start', () => {
  test('traffic flows within a second of both Envoys listening', async () => {
    await using mesh = await demoMesh();
    const [db] = mesh.instances;
    const listening = async (port: number): Promise<boolean> =>
      (await talk(port, 'x', 50)).verdict !== 'refused';
    await until(async () => (await listening(db?.sidecarPort ?? 0)) && listening(mesh.web.port), {
      withinMs: 15_000,
      what: 'both Envoys listened',
    });
    const { elapsedMs } = await until(
      async () => (await mesh.web.talk('Hello World!', 200)).verdict === 'echo',
      { withinMs, what: 'traffic flowed' },
    );
    expect(elapsedMs).toBeLessThan(withinMs + 300);
  });
});
