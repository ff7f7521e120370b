import { expect, test } from 'vitest';
import { columns } from './columns.ts';
import { visibleLine, visibleText } from './visible-text.ts';

test.for<[string, string]>([
  ['\u001b[31mred\u001b]0;title\u0007', '\\u001b[31mred\\u001b]0;title\\u0007'],
  ['one\rtwo\u009b2J\u007f', 'one\\u000dtwo\\u009b2J\\u007f'],
  ['admin\u202enimda', 'admin\\u202enimda'],
  ['naïve 日本 🙂\tand\nmore', 'naïve 日本 🙂\tand\nmore'],
])('what steers a terminal is shown as its code: %j', ([text, shown]) => {
  expect(visibleText(text)).toBe(shown);
});

test('JSON stays the JSON it was', () => {
  const value = { name: 'a\u009bb\u202ec\u0007' };
  expect(JSON.parse(visibleText(JSON.stringify(value, null, 2)))).toEqual(value);
});

test('a cell has one line, whatever is in it', () => {
  expect(visibleLine('a\nb\tc')).toBe('a\\u000ab\\u0009c');
  expect(columns([['Description:', 'fine\nAction:  allow']]).split('\n')).toHaveLength(1);
});
