import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { ChangeSet } from './change.ts';
import type { Journal, JournalEntry, StoredRow } from './journal.ts';

/** One place where a journal keeps things, open at most once at a time. */
export interface JournalPlace extends AsyncDisposable {
  open(options: { readonly retention: number }): Promise<Journal>;
}

/** One rule that every journal follows. `run` rejects when this one does not. */
export interface JournalRule {
  readonly title: string;
  readonly run: () => Promise<void>;
}

const retention = 100;

/** What every journal must do, for any test runner: `for (const { title, run } of journalSuite(place)) test(title, run)`. */
export function journalSuite(createPlace: () => Promise<JournalPlace>): readonly JournalRule[] {
  return Object.entries(rules).map(([title, check]) => ({
    title,
    run: async () => {
      await using place = await createPlace();
      await check(place);
    },
  }));
}

const rules: Readonly<Record<string, (place: JournalPlace) => Promise<void>>> = {
  'an unused journal is at revision 1, without rows or history': async (place) => {
    await using journal = await place.open({ retention });
    deepEqual(await loaded(journal), { revision: 1, rows: [] });
    deepEqual(await historyOf(journal, 0), []);
    equal(await journal.historyFloor(), 0);
  },

  'what was appended is there after a restart, as it was last': async (place) => {
    await appended(place, [written(2, 'a', { n: 1 }), written(3, 'b', { text: 'é\0\u{1f510}' })]);
    await appended(place, [written(4, 'a', { n: 2 }, 2)]);
    await using journal = await place.open({ retention });
    deepEqual(await loaded(journal), {
      revision: 4,
      rows: [
        { table: 't', key: 'a', created: 2, modified: 4, row: { n: 2 } },
        { table: 't', key: 'b', created: 3, modified: 3, row: { text: 'é\0\u{1f510}' } },
      ],
    });
  },

  'a row deleted is gone, also when it was put in the same batch': async (place) => {
    await appended(place, [written(2, 'a', {}), written(3, 'b', {}), deleted(4, 'b', 3)]);
    await appended(place, [deleted(5, 'a', 2), written(6, 'c', {}), deleted(7, 'c', 6)]);
    await appended(place, [written(8, 'c', { again: true })]);
    await using journal = await place.open({ retention });
    const { rows } = await loaded(journal);
    deepEqual(rows, [{ table: 't', key: 'c', created: 8, modified: 8, row: { again: true } }]);
  },

  'tables and keys of any text and length keep apart': async (place) => {
    const keys = ['', 'a', 'a\0b', 'é'.repeat(3000), `${'é'.repeat(3000)}!`, '\u{1f510}'];
    await appended(place, [{ revision: 2, writes: keys.map((key) => row(2, key, { key })) }]);
    await using journal = await place.open({ retention });
    const { rows } = await loaded(journal);
    deepEqual(rows.map(({ key }) => key).sort(), keys.sort());
    for (const { key, row: value } of rows) deepEqual(value, { key });
  },

  'rows of a megabyte are kept': async (place) => {
    const text = 'x'.repeat(1 << 20);
    await appended(place, [written(2, 'a', { text }), written(3, 'b', { text })]);
    await using journal = await place.open({ retention });
    deepEqual(
      (await loaded(journal)).rows.map(({ row: value }) => value),
      [{ text }, { text }],
    );
  },

  'a batch that does not follow is refused whole, and the journal goes on': async (place) => {
    await using journal = await place.open({ retention });
    await journal.load();
    await journal.append([written(2, 'a', {})]);
    await rejects(journal.append([written(4, 'b', {})]), /revision 2/);
    await rejects(journal.append([written(3, 'b', {}), written(5, 'c', {})]), /revision 3/);
    await rejects(journal.append([written(2, 'b', {})]), /revision 2/);
    await journal.append([written(3, 'd', {})]);
    const { revision, rows } = await loaded(journal);
    deepEqual([revision, rows.map(({ key }) => key)], [3, ['a', 'd']]);
  },

  'the history tells who changed what when and why, in order, across restarts': async (place) => {
    const first = changeSet(3);
    const second = { ...changeSet(4), why: 'PUT /v1/config', reason: 'ticket 7: é\0' };
    await appended(place, [
      written(2, 'observed', {}),
      { ...written(3, 'a', {}), history: first },
      { ...written(4, 'a', {}), history: second },
    ]);
    await using journal = await place.open({ retention });
    await journal.load();
    deepEqual(await historyOf(journal, 0), [first, second]);
    deepEqual(await historyOf(journal, 3), [second]);
    deepEqual(await historyOf(journal, 4), []);
  },

  'the history is bounded, and what is no longer kept is refused by name': async (place) => {
    const entry = (n: number): JournalEntry => ({
      ...written(n, `${n}`, {}),
      history: changeSet(n),
    });
    await using journal = await place.open({ retention: 3 });
    await journal.load();
    await journal.append([2, 3, 4].map(entry));
    equal(await journal.historyFloor(), 0);
    await journal.append([5, 6].map(entry));
    equal(await journal.historyFloor(), 3);
    deepEqual(await historyOf(journal, 3), [4, 5, 6].map(changeSet));
    await rejects(historyOf(journal, 2), /after revision 2 is no longer kept.*after revision 3/);
  },
};

function row(revision: number, key: string, value: unknown, created = revision): StoredRow {
  return { table: 't', key, created, modified: revision, row: value };
}

function written(revision: number, key: string, value: unknown, created?: number): JournalEntry {
  return { revision, writes: [row(revision, key, value, created)] };
}

function deleted(revision: number, key: string, created: number): JournalEntry {
  return { revision, writes: [{ table: 't', key, created, modified: revision }] };
}

function changeSet(revision: number): ChangeSet {
  const changes = [{ table: 't', key: 'a', after: { revision } }];
  return { revision, at: 1000 + revision, by: 'ann', changes };
}

async function appended(place: JournalPlace, batch: readonly JournalEntry[]): Promise<void> {
  await using journal = await place.open({ retention });
  await journal.load();
  await journal.append(batch);
}

async function loaded(journal: Journal): Promise<{ revision: number; rows: StoredRow[] }> {
  const { revision, rows } = await journal.load();
  return { revision, rows: [...rows].sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

async function historyOf(journal: Journal, after: number): Promise<ChangeSet[]> {
  const found: ChangeSet[] = [];
  for await (const one of journal.history(after)) found.push(one);
  return found;
}
