import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type ChangeSet, openStore } from '@chancery/store';
import { expect, test } from 'vitest';
import { openLmdbJournal } from './index.ts';
import { pairs } from './testing/pairs.ts';
import { scratchDirectory } from './testing/scratch-directory.ts';

const program = new URL('testing/commit-loop.ts', import.meta.url).pathname;

/** Lets a process commit, kills it after some acknowledgements and gives the last one. */
async function killedAfter(directory: string, acknowledgements: number): Promise<number> {
  const child = spawn(process.execPath, [program, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = 0;
  let left = acknowledgements;
  for await (const line of createInterface(child.stdout)) {
    last = Math.max(last, Number(line));
    left -= 1;
    if (left === 0) child.kill('SIGKILL');
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return last;
}

async function reopened(directory: string) {
  await using store = await openStore({
    tables: [pairs],
    journal: await openLmdbJournal(directory, { retention: 200 }),
    now: Date.now,
  });
  const history: ChangeSet[] = [];
  for await (const one of store.history(await store.historyFloor())) history.push(one);
  const { view } = store;
  return {
    revision: view.revision,
    rows: new Map(view.all(pairs).map((row) => [row.key, row.n])),
    history,
  };
}

test('after kill -9 all that was acknowledged is there, and no commit by half', async () => {
  using directory = scratchDirectory();
  for (let round = 0; round < 20; round += 1) {
    const acknowledged = await killedAfter(directory.path, 1 + ((round * 53) % 211));
    const { revision, rows, history } = await reopened(directory.path);
    expect(revision).toBeGreaterThanOrEqual(acknowledged);
    expect(rows.get('')).toBe(revision - 1);
    for (let slot = 0; slot < 40; slot += 1)
      expect(rows.get(`a${slot}`)).toBe(rows.get(`b${slot}`));
    const revisions = history.map((changeSet) => changeSet.revision);
    expect(revisions.at(-1)).toBe(revision);
    expect(revisions).toEqual(revisions.map((_, index) => revision - revisions.length + 1 + index));
  }
}, 120_000);

test('a directory in use is refused to another process, and free again once its owner is killed', async () => {
  using directory = scratchDirectory();
  const child = spawn(process.execPath, [program, directory.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  await expect(openLmdbJournal(directory.path)).rejects.toThrow(
    `the directory ${directory.path} is in use by another agent (process ${child.pid})`,
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  await using journal = await openLmdbJournal(directory.path);
  expect((await journal.load()).revision).toBeGreaterThan(0);
}, 30_000);
