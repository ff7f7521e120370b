import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { reduce } from '../state/reduce.ts';
import { keys, testNow, toldState } from '../testing/told-state.ts';
import { largeWorld } from '../testing/world.ts';
import { type Canvas, openCanvas } from './canvas.ts';

function keyboard(): NodeJS.ReadStream {
  const silent = { isTTY: true, setRawMode: () => {}, ref: () => {}, unref: () => {} };
  return Object.assign(new PassThrough(), silent) as unknown as NodeJS.ReadStream;
}

interface Painted extends Disposable {
  readonly canvas: Canvas;
  readonly writes: string[];
}

function opened(state = toldState()): Painted {
  const writes: string[] = [];
  const ears = { onKey: () => {}, onPaste: () => {}, onOpen: () => {} };
  const ports = {
    stdin: keyboard(),
    write: (text: string) => void writes.push(text),
    ascii: false,
    hasColour: true,
  };
  const canvas = openCanvas(state, ports, ears);
  writes.length = 0;
  return { canvas, writes, [Symbol.dispose]: () => canvas[Symbol.dispose]() };
}

/** Ink puts frames that come in one turn together. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('a frame is one write, and one that shows the same is none', async () => {
  using painted = opened();
  const { canvas, writes } = painted;
  await turn();
  const proxies = keys(toldState(), '2');
  canvas.paint(proxies);
  expect(writes).toHaveLength(1);
  await turn();
  canvas.paint(reduce(proxies, { kind: 'tick', now: testNow + 1 }));
  expect(writes).toHaveLength(1);
});

test('a cursor that moves among 10,000 services costs a few hundred bytes', async () => {
  const services = keys(toldState(largeWorld(testNow, 10_000)), '3');
  using painted = opened(services);
  const { canvas, writes } = painted;
  await turn();
  canvas.paint(keys(services, 'j'));
  expect(writes).toHaveLength(1);
  expect(writes[0]?.length).toBeGreaterThan(0);
  expect(writes[0]?.length).toBeLessThan(600);
});

test('another size is painted anew, on a screen that was wiped', async () => {
  using painted = opened();
  const { canvas, writes } = painted;
  await turn();
  canvas.paint(reduce(toldState(), { kind: 'resize', size: { columns: 70, rows: 20 } }));
  expect(writes).toHaveLength(1);
  expect(writes[0]).toContain('\u001b[H\u001b[2J');
  expect(writes[0]).toContain('Chancery');
});
