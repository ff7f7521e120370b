import { ClientError, createClient } from '@chancery/client';
import { expect, test } from 'vitest';
import { follow } from './follow.ts';
import type { Mark, Read } from './watch-types.ts';

const client = createClient({ address: { kind: 'unix', path: '/nonexistent' } });

function failing(): ClientError {
  return new ClientError('down', { kind: 'unreachable' });
}

test('an index that went back is forgotten: the next read does not wait', async () => {
  const marks: (Mark | undefined)[] = [];
  const indexes = [7, 3, 4];
  const read: Read = async (_client, mark) => {
    marks.push(mark);
    return { value: marks.length, mark: { index: indexes[marks.length - 1] ?? 0 } };
  };
  const follower = {
    onChange: async () => (marks.length === 3 ? 0 : undefined),
    onFailure: () => expect.fail('nothing failed'),
    wait: () => expect.fail('nothing is waited for'),
  };
  expect(await follow(client, read, follower, new AbortController().signal)).toBe(0);
  expect(marks).toEqual([undefined, { index: 7 }, { index: 3 }]);
});

test('what fails is tried again later and later, and from the beginning', async () => {
  const waits: number[] = [];
  const marks: (Mark | undefined)[] = [];
  const stop = new AbortController();
  const read: Read = async (_client, mark) => {
    marks.push(mark);
    if (marks.length > 1) throw failing();
    return { value: 1, mark: { index: 7 } };
  };
  const follower = {
    onChange: async () => undefined,
    onFailure: (_error: ClientError, seconds: number) => waits.push(seconds),
    async wait(ms: number) {
      expect(ms).toBe((waits.at(-1) ?? 0) * 1000);
      if (waits.length === 8) stop.abort();
    },
  };
  expect(await follow(client, read, follower, stop.signal)).toBe(0);
  expect(waits).toEqual([5, 20, 45, 80, 125, 180, 180, 180]);
  expect(marks.slice(0, 3)).toEqual([undefined, { index: 7 }, undefined]);
});

test('an agent that never waits is not asked without a pause', async () => {
  let reads = 0;
  const pauses: number[] = [];
  const stop = new AbortController();
  const read: Read = async () => {
    reads += 1;
    return { value: 1, mark: { index: 0 } };
  };
  const follower = {
    onChange: async () => undefined,
    onFailure: () => expect.fail('nothing failed'),
    async wait(ms: number) {
      if (pauses.push(ms) === 5) stop.abort();
    },
  };
  await follow(client, read, follower, stop.signal);
  expect([reads, pauses]).toEqual([6, [100, 100, 100, 100, 100]]);
});

test('an error that is none of the agent is a bug and not hidden', async () => {
  const read: Read = async () => {
    throw new TypeError('bug');
  };
  const follower = {
    onChange: async () => undefined,
    onFailure: () => undefined,
    wait: async () => undefined,
  };
  await expect(follow(client, read, follower, new AbortController().signal)).rejects.toThrow('bug');
});
