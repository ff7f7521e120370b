import { expect, test } from 'vitest';
import { SeenBook } from './seen-book.ts';

test('what was seen of a pair adds up, and its last time is kept', () => {
  const book = new SeenBook();
  book.add('web', 'db', 2, 10);
  book.add('web', 'db', 3, 20);
  book.add('web', 'api', 1, 5);
  expect(book.between('web', 'db')).toEqual({ count: 5, last: 20 });
  expect(book.between('web', 'api')).toEqual({ count: 1, last: 5 });
  expect(book.between('db', 'web')).toBeUndefined();
});

test('nothing is no news, and who listens is told of each pair', () => {
  const book = new SeenBook();
  const told: string[] = [];
  const end = book.onChange((source, destination) => told.push(`${source} ${destination}`));
  book.add('web', 'db', 0, 10);
  book.add('web', 'db', 1, 10);
  end();
  book.add('web', 'db', 1, 10);
  expect(told).toEqual(['web db']);
});

test('it has an end: pairs beyond it are not kept, those that are go on', () => {
  const book = new SeenBook(2);
  for (const source of ['a', 'b', 'c']) book.add(source, 'db', 1, 1);
  book.add('a', 'db', 1, 2);
  expect(book.size).toBe(2);
  expect(book.between('c', 'db')).toBeUndefined();
  expect(book.between('a', 'db')).toEqual({ count: 2, last: 2 });
});

test('a count that nobody can have counted stays one that can be told', () => {
  const book = new SeenBook();
  for (const count of [2 ** 64, 2 ** 64, Number.NaN, 5]) book.add('web', 'db', count, 10);
  expect(book.between('web', 'db')).toEqual({ count: Number.MAX_SAFE_INTEGER, last: 10 });
});
