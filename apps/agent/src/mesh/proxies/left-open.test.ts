import { expect, test } from 'vitest';
import { appliedScene } from '../../testing/applied-scene.ts';

test('who writes again what comes to the same waits for what is still on its way of it, and for nothing else', async () => {
  const { register, set, connect, ledger, settled, ask } = await appliedScene();
  await register('a');
  await set(1, 'a');
  await connect('a');
  ledger.acked('a', 'c', '1', 1, 0);
  const first = await set(2, 'a');
  await settled();
  // What the cluster comes from is written again, which changes nothing for the proxy.
  const again = await register('a', 2);
  expect(await ask(again, 20)).toMatchObject({
    affected: 1,
    acknowledged: 0,
    lagging: [{ id: 'a' }],
  });
  const other = await register('b');
  expect(await ask(other, 20)).toMatchObject({ affected: 0, lagging: [] });
  const waiting = ask(again, 600_000);
  for (let turn = 0; turn < 5; turn += 1) await settled();
  ledger.acked('a', 'c', '2', first, 0);
  expect(await waiting).toMatchObject({ affected: 1, acknowledged: 1, lagging: [] });
  expect(await ask(again)).toMatchObject({ affected: 0 });
});
