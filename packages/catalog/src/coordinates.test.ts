import { defineQuery } from '@chancery/store';
import { expect, test } from 'vitest';
import {
  type Coordinate,
  coordinateList,
  coordinateOf,
  deregisterNode,
  nearestFirst,
  origin,
  registerNode,
  roundTripSeconds,
  updateCoordinate,
} from './index.ts';
import { addNode, type CatalogLab, openCatalogLab } from './testing/catalog-lab.ts';

function at(x: number, rest: Partial<Coordinate> = {}): Coordinate {
  return { ...origin, vec: [x, 0, 0, 0, 0, 0, 0, 0], ...rest };
}

async function place(lab: CatalogLab, node: string, coordinate: Coordinate): Promise<void> {
  await lab.run(updateCoordinate, { node, coordinate });
}

test('the way between two places is their distance, and what each adds', () => {
  expect(roundTripSeconds(at(0), at(0.03))).toBeCloseTo(0.03002);
  expect(roundTripSeconds(at(0), at(0.03, { adjustment: 0.01 }))).toBeCloseTo(0.04002);
  expect(roundTripSeconds(at(0), at(0.03, { adjustment: -1 }))).toBeCloseTo(0.03002);
});

test('a place is kept for a node that exists, and goes with it', async () => {
  const lab = await openCatalogLab();
  expect(await lab.run(updateCoordinate, { node: 'nope', coordinate: at(1) })).toEqual({
    known: false,
  });
  await place(lab, 'n1', at(1));
  await place(lab, 'n1', at(2));
  expect(lab.ask(coordinateList, '')).toEqual([{ node: 'n1', coordinate: at(2) }]);
  await lab.run(deregisterNode, { node: 'n1' });
  await addNode(lab, 'n1', '10.0.0.1');
  expect(lab.ask(coordinateOf, 'n1')).toBeUndefined();
});

test('a node that is renamed keeps its place', async () => {
  const lab = await openCatalogLab();
  const node = { id: 'x', address: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await lab.run(registerNode, { ...node, node: 'before' });
  await place(lab, 'before', at(1));
  await lab.run(registerNode, { ...node, node: 'after' });
  expect(lab.ask(coordinateList, '')).toEqual([{ node: 'after', coordinate: at(1) }]);
});

const near = defineQuery<string, readonly string[]>({
  name: 'test.near',
  evaluate: (view, node) =>
    nearestFirst(view, node, ['unplaced', 'far', 'n1', 'close', 'also-close'], (row) => row),
});

test('rows are ordered by their way from a node, what stands nobody knows where last', async () => {
  const lab = await openCatalogLab();
  for (const node of ['far', 'close', 'also-close']) await addNode(lab, node, '10.0.0.2');
  expect(lab.ask(near, 'n1')).toEqual(['unplaced', 'far', 'n1', 'close', 'also-close']);
  await place(lab, 'n1', at(0));
  await place(lab, 'far', at(0.5));
  await place(lab, 'close', at(0.1));
  await place(lab, 'also-close', at(0.1));
  expect(lab.ask(near, 'n1')).toEqual(['n1', 'close', 'also-close', 'far', 'unplaced']);
  expect(lab.ask(near, 'far')).toEqual(['far', 'close', 'also-close', 'n1', 'unplaced']);
  expect(lab.ask(near, 'nope')[0]).toBe('unplaced');
});
