import { expect, test, vi } from 'vitest';
import { LineQueue } from './line-queue.ts';

test('a queue that is full has no further line made, until its reader was there', async () => {
  const { signal } = new AbortController();
  const queue = new LineQueue();
  const line = vi.fn(() => 'x'.repeat(200 * 1024));
  for (let count = 0; count < 5; count++) queue.push(line);
  expect(line).toHaveBeenCalledTimes(2);
  expect(await queue.next(signal)).toEqual({ lines: 'x'.repeat(200 * 1024), lost: 4 });
  queue.push(() => 'again');
  expect(await queue.next(signal)).toEqual({ lines: 'again', lost: 0 });
});
