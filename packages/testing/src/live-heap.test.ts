import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { freePorts } from './free-ports.ts';
import { liveHeap } from './live-heap.ts';
import { until } from './until.ts';

const mebibyte = 1024 * 1024;

/** Keeps one list of numbers and one buffer when it is told to, and makes garbage all the time. */
const program = `
  const kept = [];
  setInterval(() => new Array(100_000).fill({}), 5);
  process.stdin.on('data', () => kept.push(Array.from({ length: 4 << 17 }, (_, at) => at + 0.5), Buffer.alloc(8 << 20)));
`;

test('what a process holds is told, and its garbage is not', async () => {
  const [port = 0] = await freePorts(1);
  const child = spawn(process.execPath, [`--inspect=127.0.0.1:${port}`, '-e', program]);
  try {
    const { value: before } = await until(() => liveHeap(port), {
      withinMs: 20_000,
      what: 'the inspector answers',
    });
    child.stdin.write('x');
    await until(
      async () => {
        const { used, outside } = await liveHeap(port);
        expect((used - before.used) / mebibyte).toBeCloseTo(4, 0);
        expect((outside - before.outside) / mebibyte).toBeCloseTo(8, 0);
        return true;
      },
      { withinMs: 20_000, what: 'what is kept is told' },
    );
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});
