import { type Command, commit, defineTable, put, type Table } from '@chancery/store';

/** The root of trust that makes this mesh the one it is, with its key. */
export interface RootRow {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** The key of the one row that each table of the authority has. */
export const onlyKey = 'authority';

/** The root: one row, secret for the sake of its key. */
export const authorityRoot: Table<RootRow> = defineTable<RootRow>({
  name: 'authorityRoot',
  kind: 'secret',
  key: () => onlyKey,
});

/** The last serial number given out: one row, apart from the root, so that no reader of roots is woken by it. */
export const authoritySerials: Table<{ readonly last: number }> = defineTable<{
  readonly last: number;
}>({
  name: 'authoritySerials',
  kind: 'observed',
  key: () => onlyKey,
});

/** Takes a root, and the last serial number it used, into service where there is none yet; the result is the root in service. */
export const establishAuthority: Command<RootRow & { readonly lastSerial: number }, RootRow> = (
  view,
  _by,
  { lastSerial, ...offered },
) => {
  const present = view.get(authorityRoot, onlyKey);
  return present
    ? commit([], present)
    : commit([put(authorityRoot, offered), put(authoritySerials, { last: lastSerial })], offered);
};

/** Sets serial numbers aside; the result is the first of them. */
export const reserveSerials: Command<number, number> = (view, _by, count) => {
  const last = view.get(authoritySerials, onlyKey)?.last ?? 0;
  return commit([put(authoritySerials, { last: last + count })], last + 1);
};
