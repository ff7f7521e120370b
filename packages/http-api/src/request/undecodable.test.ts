import type { Issue } from '@chancery/model';
import { expect, test } from 'vitest';
import { undecodable } from './undecodable.ts';

/** As many mistakes, in one list. */
function mistakes(count: number): Issue[] {
  return Array.from({ length: count }, (_, at) => ({
    code: 'wrong-type',
    path: ['Tags', at],
    message: 'expected a text',
  }));
}

/** The sentences of the answer to so many mistakes. */
function sentences(count: number): readonly string[] {
  const reply = undecodable(mistakes(count));
  return reply.kind === 'text' ? reply.text.split('; ') : [];
}

test('mistakes are told one by one, of very many the first and how many more there are', () => {
  expect(sentences(24)).toHaveLength(24);
  expect(sentences(24).at(-1)).toBe('Tags[23]: expected a text');
  expect(sentences(25).slice(-2)).toEqual(['Tags[23]: expected a text', 'and 1 more']);
  expect(sentences(50_000)).toHaveLength(25);
  expect(sentences(50_000).at(-1)).toBe('and 49976 more');
});
