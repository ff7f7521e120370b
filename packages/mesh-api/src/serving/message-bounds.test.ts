import { expect, test } from 'vitest';
import type { ChangeSource } from '../changes/change-source.ts';
import { connectMesh } from '../client/connect-mesh.ts';
import type { MeshApiLimits } from '../dependencies.ts';
import { serveMesh } from '../testing/mesh-server.ts';

const limits: Partial<MeshApiLimits> = { maxMessageBytes: 1000, maxChangeBytes: 3_000_000 };

/** A change of one entry of some size. */
function changeOf(bytes: number) {
  const entry = { Kind: 'service-defaults', Name: 'x'.repeat(bytes) };
  return { change: { entries: [{ entry, origin: 'a.hcl' }] } };
}

/** A client of an agent that answers changes when it is told to. */
async function meshOf(answer: () => Promise<void> = async () => {}) {
  const made = async () => {
    await answer();
    return { ok: true, value: { revision: 42, changes: [], warnings: [] } } as const;
  };
  const changes = { apply: made, rollback: made } as Partial<ChangeSource> as ChangeSource;
  const { address } = await serveMesh({ changes, limits });
  return connectMesh({ address });
}

test('a whole change may be larger than any other message', async () => {
  using mesh = await meshOf();
  expect(await mesh.changes.apply(changeOf(2_000_000))).toMatchObject({ revision: 42n });
  await expect(
    mesh.changes.rollback({ revision: 1n, reason: 'x'.repeat(2_000_000) }),
  ).rejects.toThrow('The message of 2 MiB is too large: at most 1000 bytes are read');
});

test('of a change that is too large it is told how large it is, how large it may be, and what to do', async () => {
  using mesh = await meshOf();
  await expect(mesh.changes.apply(changeOf(5_000_000))).rejects.toThrow(
    'The change of 4.8 MiB is too large: at most 2.9 MiB are read at once. Make it in several parts, of fewer entries each and without pruning',
  );
  expect(await mesh.changes.apply(changeOf(10))).toMatchObject({ revision: 42n });
});

test('a few large changes are held at once, and small ones beside them', async () => {
  const held = Promise.withResolvers<void>();
  let arrived = 0;
  const isFull = Promise.withResolvers<void>();
  using mesh = await meshOf(async () => {
    arrived += 1;
    if (arrived === 4) isFull.resolve();
    if (arrived <= 4) await held.promise;
  });
  const first = Array.from({ length: 4 }, () => mesh.changes.apply(changeOf(5000)));
  await isFull.promise;
  await expect(mesh.changes.apply(changeOf(5000))).rejects.toThrow(
    '4 large changes are being looked at: try again when one of them is over',
  );
  expect(await mesh.changes.apply(changeOf(10))).toMatchObject({ revision: 42n });
  held.resolve();
  await Promise.all(first);
  await expect
    .poll(() => mesh.changes.apply(changeOf(5000)).catch(() => undefined))
    .toMatchObject({ revision: 42n });
});
