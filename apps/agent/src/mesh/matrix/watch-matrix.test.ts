import type { MeshMatrix } from '@chancery/mesh-api';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openWatchedMesh, type WatchedMesh, web } from '../../testing/watched-mesh.ts';

/** Watches a matrix until the test ends. */
function watchMatrix({ source }: WatchedMesh, sources: string[] = [], destinations: string[] = []) {
  const told: MeshMatrix[] = [];
  const over = new AbortController();
  void (async () => {
    const matrices = source.watchMatrix({ sources, destinations }, over.signal);
    for await (const matrix of matrices) told.push(matrix);
  })();
  onTestFinished(() => over.abort());
  const cell = (from: string, to: string) => {
    const matrix = told.at(-1);
    const row = matrix?.sources.indexOf(from) ?? -1;
    const column = matrix?.destinations.indexOf(to) ?? -1;
    return matrix?.cells[row * matrix.destinations.length + column];
  };
  return { told, cell };
}

test('a matrix tells of each pair what is declared, what decides and what was seen', async () => {
  const mesh = await openWatchedMesh();
  await mesh.register(web);
  await mesh.register({ name: 'db', port: 3 });
  await mesh.intend('*', 'db', 'deny');
  const { told, cell } = watchMatrix(mesh);
  await vi.waitFor(() => expect(told).toHaveLength(1));
  expect(told[0]).toMatchObject({ sources: ['db', 'web'], destinations: ['db', 'web'] });
  const byAny = { allowed: false, decidedBy: '* => db (deny)', exact: false, seen: 0 };
  expect(cell('web', 'db')).toEqual({ ...byAny, declared: true });
  expect(cell('db', 'db')).toEqual({ ...byAny, declared: false });
  expect(cell('db', 'web')).toEqual({ allowed: true, exact: false, declared: false, seen: 0 });
  mesh.seen.add('web', 'db', 3, 9);
  await mesh.intend('web', 'db', 'allow');
  const exact = { allowed: true, decidedBy: 'web => db (allow)', exact: true, declared: true };
  await vi.waitFor(() => expect(cell('web', 'db')).toEqual({ ...exact, seen: 3, lastSeen: 9 }));
});

test('a matrix of named services has these, whether they are there or not, and comes again only when it changed', async () => {
  const mesh = await openWatchedMesh();
  await mesh.register(web);
  const { told, cell } = watchMatrix(mesh, ['web', 'nobody'], ['db']);
  await vi.waitFor(() => expect(told).toHaveLength(1));
  expect(told[0]).toMatchObject({ sources: ['web', 'nobody'], destinations: ['db'] });
  await mesh.intend('web', 'api', 'deny');
  await mesh.register({ name: 'api', port: 5 });
  await mesh.intend('nobody', 'db', 'deny');
  await vi.waitFor(() => expect(cell('nobody', 'db')?.allowed).toBe(false));
  expect(told).toHaveLength(2);
});
