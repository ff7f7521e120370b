import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Deliveries } from './deliveries.ts';

function subscribers(count: number, called: number[]): (() => void)[] {
  return Array.from({ length: count }, (_, at) => () => {
    called.push(at);
  });
}

test('many subscribers are called in order, and do not keep the event loop to themselves', async () => {
  const called: number[] = [];
  new Deliveries(() => {}, { perTurn: 64 }).schedule(subscribers(1000, called));
  expect(called).toEqual([]);
  let turns = 0;
  for (; called.length < 1000; turns += 1) await turn();
  expect(turns).toBeGreaterThan(10);
  expect(called).toEqual(Array.from({ length: 1000 }, (_, at) => at));
});

test('who becomes due again before its turn is called once, after it once more', async () => {
  const called: number[] = [];
  const deliveries = new Deliveries(() => {}, { perTurn: 64 });
  const [first = () => {}, ...rest] = subscribers(200, called);
  deliveries.schedule([first, ...rest]);
  deliveries.schedule([first]);
  await turn();
  deliveries.schedule([first]);
  while (called.length < 201) await turn();
  await turn();
  expect(called.filter((at) => at === 0)).toHaveLength(2);
  expect(called).toHaveLength(201);
});

test('one that fails is logged, and the others are called', async () => {
  const called: number[] = [];
  const logged: unknown[] = [];
  const deliveries = new Deliveries((_message, error) => logged.push(error), { perTurn: 64 });
  const broken = new Error('broken');
  const failing = (): void => {
    throw broken;
  };
  deliveries.schedule([failing, ...subscribers(2, called)]);
  await turn();
  await turn();
  expect(called).toEqual([0, 1]);
  expect(logged).toEqual([broken]);
});
