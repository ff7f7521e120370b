import { expect, test } from 'vitest';
import type { Figure } from './figure.ts';
import { table } from './table.ts';

const flip = { name: 'flip', unit: 'ms', goal: { atMost: 100 } } as const;
const rate = { name: 'rate', unit: '/s', goal: { atLeast: 2000 }, moreIsBetter: true } as const;
const own: Figure = { name: 'encodings', value: 1, unit: '' };

test('each figure stands beside its bound and the peer, with how many times better it is', () => {
  const ours = [{ ...flip, value: 50 }, { ...rate, value: 1500 }, own];
  const theirs = [
    { ...rate, value: 50 },
    { ...flip, value: 1185 },
  ];
  expect(table({ subjects: ['Ours', 'Peer'], figures: [ours, theirs] })).toBe(
    [
      '| measure   | asked       | Ours     | Peer     | times better |         |',
      '| --------- | ----------- | -------- | -------- | ------------ | ------- |',
      '| flip      | <= 100 ms   | 50 ms    | 1,185 ms | 23.7         | reached |',
      '| rate      | >= 2,000 /s | 1,500 /s | 50 /s    | 30           | MISSED  |',
      '| encodings |             | 1        | -        | -            |         |',
    ].join('\n'),
  );
});

test('without a peer there is nothing to compare with', () => {
  expect(table({ subjects: ['Ours'], figures: [[own]] }).split('\n')[2]).toBe(
    '| encodings |       | 1    |  |',
  );
});
