import { defineTable, type Table } from '@chancery/store';

/** A machine, or something that stands for one, on which instances run. */
export interface Node {
  /** A UUID, or empty where whoever registered the node knew none. */
  readonly id: string;
  readonly node: string;
  readonly address: string;
  readonly datacenter: string;
  readonly taggedAddresses: Readonly<Record<string, string>>;
  readonly meta: Readonly<Record<string, string>>;
}

/** The nodes by name. */
export const nodes: Table<Node> = defineTable<Node>({
  name: 'nodes',
  kind: 'declared',
  key: (row) => row.node,
  indexes: { id: (row) => (row.id === '' ? [] : [row.id]) },
});
