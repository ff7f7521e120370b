import { expect, test } from 'vitest';
import { columns } from './columns.ts';

test('columns are two spaces apart, the last one is not padded', () => {
  const table = columns([
    ['Node', 'ID', 'DC'],
    ['devnode', '', 'dc1'],
  ]);
  expect(table).toBe('Node     ID  DC\ndevnode      dc1');
});
