import { type DemoMesh, type Plane, until } from '@chancery/testing';
import { expect } from 'vitest';

/** How soon after the answer to a command its effect must be seen. */
export const withinMs = 1000;

/** How long to wait for an echo that nothing holds up but a busy machine. */
export const patienceMs = 5000;

/** The page's story, from connectivity over a deny to connectivity restored, on a mesh that is already connected. */
export async function tellStory({ agent, web }: DemoMesh<Plane>): Promise<void> {
  using before = web.dial();
  expect(await before.exchange('Hello World!', patienceMs)).toMatchObject({ verdict: 'echo' });

  expect(await agent.cli('intention', 'create', '-deny', 'web', 'db')).toEqual({
    code: 0,
    output: 'Created: web => db (deny)\n',
  });
  await until(async () => (await web.talk('Hello?', 300)).verdict !== 'echo', {
    withinMs,
    what: 'a new connection was denied',
  });
  for (let i = 0; i < 5; i++) {
    expect(['closed', 'silent']).toContain((await web.talk('Anyone there?', 300)).verdict);
  }
  expect(await before.exchange('Still here?', patienceMs)).toMatchObject({ verdict: 'echo' });

  expect(await agent.cli('intention', 'delete', 'web', 'db')).toEqual({
    code: 0,
    output: 'Intention deleted.\n',
  });
  await until(async () => (await web.talk('Hello?', 300)).verdict === 'echo', {
    withinMs,
    what: 'connectivity was restored',
  });
  expect(await before.exchange('And now?', patienceMs)).toMatchObject({ verdict: 'echo' });
}
