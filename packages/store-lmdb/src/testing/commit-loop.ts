// Commits for ever to the directory given and writes the revision of each commit acknowledged.
import { writeSync } from 'node:fs';
import { commit, openStore, put } from '@chancery/store';
import { openLmdbJournal } from '../index.ts';
import { pairs } from './pairs.ts';

const store = await openStore({
  tables: [pairs],
  journal: await openLmdbJournal(process.argv[2] ?? '', { retention: 200 }),
  now: Date.now,
});

async function commitForEver(): Promise<never> {
  while (true) {
    const outcome = await store.commit(
      (view) => {
        const n = view.all(pairs)[0]?.n ?? 0;
        const slot = `${n % 40}`;
        const rows = [
          { key: '', n: n + 1 },
          { key: `a${slot}`, n: n + 1 },
          { key: `b${slot}`, n: n + 1, padding: 'x'.repeat((n * 37) % 3000) },
        ];
        return commit(
          rows.map((row) => put(pairs, row)),
          undefined,
        );
      },
      undefined,
      { principal: { name: 'loop' } },
    );
    if (!outcome.ok) throw new Error(outcome.refusal.message);
    writeSync(1, `${outcome.revision}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, commitForEver));
