import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import type { Played } from './play.ts';

const consul: Played<unknown> = [
  { title: 'GET /a', from: 'a test', got: { status: 200, body: { x: 1, y: 1 } } },
  { title: 'GET /b', from: 'a test', got: { status: 200, body: 'b' } },
];
const ours: Played<unknown> = [
  { title: 'GET /a', from: 'a test', got: { status: 200, body: { x: 2, y: 2 } } },
  { title: 'GET /b', from: 'a test', got: { status: 200, body: 'b' } },
];

test('a difference without a reason is named by its place', () => {
  const known = [{ steps: /a$/, places: /\/x$/, reason: 'x differs' }];
  expect(explain(consul, ours, known)).toEqual({
    total: 2,
    alike: 1,
    known: [
      {
        reason: 'x differs',
        steps: [{ title: 'GET /a', places: [{ at: '/body/x', consul: 1, ours: 2 }] }],
      },
    ],
    unexplained: [{ title: 'GET /a', places: [{ at: '/body/y', consul: 1, ours: 2 }] }],
    stale: [],
  });
});

test('a reason for a difference that is none is stale', () => {
  const known = [{ steps: /b$/, places: /./, reason: 'b differs' }];
  expect(explain(consul, ours, known).stale).toEqual(known);
});

test('an answer that is missing differs as a whole', () => {
  expect(explain(consul, ours.slice(0, 1), []).unexplained.map(({ title }) => title)).toEqual([
    'GET /a',
    'GET /b',
  ]);
});
