import { demoMesh, talk, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { describeOnEachPlane } from './planes.ts';
import { withinMs } from './story.ts';

describeOnEachPlane('after a start', (plane) => {
  test('traffic flows within a second of both sidecars listening', async () => {
    await using mesh = await demoMesh({ plane });
    const [db] = mesh.instances;
    const listening = async (port: number): Promise<boolean> =>
      (await talk(port, 'x', 50)).verdict !== 'refused';
    await until(async () => (await listening(db?.sidecarPort ?? 0)) && listening(mesh.web.port), {
      withinMs: 15_000,
      what: 'both sidecars listened',
    });
    const { elapsedMs } = await until(
      async () => (await mesh.web.talk('Hello World!', 200)).verdict === 'echo',
      { withinMs, what: 'traffic flowed' },
    );
    expect(elapsedMs).toBeLessThan(withinMs + 300);
  });
});
