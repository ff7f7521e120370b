/** Names something a query can read and a commit can touch: a row, a key of an index, or a whole table. */
export type TouchKey = string;

export function rowTouch(table: string, key: string): TouchKey {
  return `row\0${table}\0${key}`;
}

export function indexTouch(table: string, index: string, key: string): TouchKey {
  return `index\0${table}\0${index}\0${key}`;
}

export function tableTouch(table: string): TouchKey {
  return `table\0${table}`;
}
