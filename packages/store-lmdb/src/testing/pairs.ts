import { defineTable, type Table } from '@chancery/store';

export interface Pair {
  readonly key: string;
  readonly n: number;
  readonly padding?: string;
}

export const pairs: Table<Pair> = defineTable<Pair>({
  name: 'pairs',
  kind: 'declared',
  key: (row) => row.key,
});
