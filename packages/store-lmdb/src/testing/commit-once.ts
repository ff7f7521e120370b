// Makes three commits one after the other, as many in one process, and says so after each.
import { writeSync } from 'node:fs';
import { commit, openStore, put } from '@chancery/store';
import { openLmdbJournal } from '../index.ts';
import { pairs } from './pairs.ts';

const journal = await openLmdbJournal(process.argv[2] ?? '');
await using store = await openStore({ tables: [pairs], journal, now: Date.now });
for (let n = 1; n <= 3; n += 1) {
  const row = { key: `k${n}`, n };
  await store.commit(() => commit([put(pairs, row)], undefined), undefined, {
    principal: { name: 'once' },
  });
  writeSync(1, `acknowledged ${n}\n`);
}
