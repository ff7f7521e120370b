import { expect, test } from 'vitest';
import type { Environment, Write } from './environment.ts';
import { LmdbJournal } from './lmdb-journal.ts';

/** An environment in memory, which fails as the test says. */
function faultyEnvironment() {
  const stored = new Map<string, Buffer>();
  const place = ({ database, key }: Pick<Write, 'database' | 'key'>): string =>
    `${database} ${key.toString('hex')}`;
  const faults = { fails: false, keepsNonetheless: false };
  const environment: Environment = {
    read: (database, key) => stored.get(place({ database, key })),
    range: () => [],
    async write(writes, check) {
      check();
      for (const write of faults.fails && !faults.keepsNonetheless ? [] : writes) {
        if (write.value === undefined) stored.delete(place(write));
        else stored.set(place(write), write.value);
      }
      if (faults.fails) throw new Error('input/output error');
    },
    async close() {},
  };
  return { environment, faults };
}

const entry = (revision: number) => ({ revision, writes: [] });

test('after a failed write that left nothing behind, the same revision can be written again', async () => {
  const { environment, faults } = faultyEnvironment();
  const journal = new LmdbJournal(environment, '/data', { retention: 10 });
  faults.fails = true;
  await expect(journal.append([entry(2)])).rejects.toThrow('input/output error');
  faults.fails = false;
  await journal.append([entry(2), entry(3)]);
  expect((await journal.load()).revision).toBe(3);
});

test('after a failed write that reached the file after all, nothing is written over it', async () => {
  const { environment, faults } = faultyEnvironment();
  const journal = new LmdbJournal(environment, '/data', { retention: 10 });
  faults.fails = true;
  faults.keepsNonetheless = true;
  await expect(journal.append([entry(2)])).rejects.toThrow('input/output error');
  faults.fails = false;
  await expect(journal.append([entry(2)])).rejects.toThrow(
    '/data is at revision 2 and not 1 as it should be; restart to go on from what it holds',
  );
  const again = new LmdbJournal(environment, '/data', { retention: 10 });
  expect((await again.load()).revision).toBe(2);
});
