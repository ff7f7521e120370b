// Commits until the disk takes no more (a limit on the size of files), then reports.
import { commit, openStore, put } from '@chancery/store';
import { openLmdbJournal } from '../index.ts';
import { pairs } from './pairs.ts';

const logged: string[] = [];
const store = await openStore({
  tables: [pairs],
  journal: await openLmdbJournal(process.argv[2] ?? ''),
  now: Date.now,
  log: (message) => logged.push(message),
  limits: { retryAfterMs: 0 },
});

async function tried(n: number, padding: string) {
  const row = { key: `k${n}`, n, padding };
  return store.commit(() => commit([put(pairs, row)], undefined), undefined, {
    principal: { name: 'full' },
  });
}

let acknowledged = 0;
let refused = await tried(0, '');
while (refused.ok) {
  acknowledged = refused.revision;
  refused = await tried(acknowledged, 'x'.repeat(3000));
}
const second = await tried(acknowledged, 'x'.repeat(3000));
console.log(
  JSON.stringify({
    acknowledged,
    refusal: refused.refusal,
    second: second.ok ? undefined : second.refusal.code,
    read: store.view.all(pairs).length,
    logged: logged.length,
  }),
);
await store[Symbol.asyncDispose]();
