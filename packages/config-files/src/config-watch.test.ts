import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileWatch, filesState, watchFiles } from './config-watch.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-watch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Watches paths from now on; `told` looks twice and says whether a change was told. */
async function watched(...paths: readonly string[]) {
  let changes = 0;
  const since = await filesState(paths);
  const empty: string[] = [];
  const watch = new FileWatch({
    paths,
    since,
    onChange: () => (changes += 1),
    onEmptied: (files) => empty.push(...files),
  });
  const told = async () => {
    const before = changes;
    await watch.look();
    await watch.look();
    return changes - before === 1;
  };
  return { look: () => watch.look(), told, changes: () => changes, empty };
}

test('what people and programs do to a file is told, once', async () => {
  const file = join(folder, 'agent.hcl');
  writeFileSync(file, 'a');
  const { told } = await watched(file);
  expect(await told()).toBe(false);
  writeFileSync(file, 'ab');
  expect(await told()).toBe(true);
  expect(await told()).toBe(false);
  // As editors save: another file takes the name, here one of the same size and time.
  const time = new Date(1_700_000_000_000);
  utimesSync(file, time, time);
  await told();
  writeFileSync(`${file}.new`, 'ac');
  utimesSync(`${file}.new`, time, time);
  renameSync(`${file}.new`, file);
  expect(await told()).toBe(true);
  unlinkSync(file);
  expect(await told()).toBe(true);
  writeFileSync(file, 'ac');
  expect(await told()).toBe(true);
});

test('in a folder files that come, change and go are told, folders within are not', async () => {
  const conf = join(folder, 'conf.d');
  const { told } = await watched(conf);
  mkdirSync(conf);
  expect(await told()).toBe(true);
  writeFileSync(join(conf, 'a.hcl'), 'a');
  expect(await told()).toBe(true);
  mkdirSync(join(conf, 'deeper'));
  await told();
  writeFileSync(join(conf, 'deeper', 'b.hcl'), 'b');
  expect(await told()).toBe(false);
  unlinkSync(join(conf, 'a.hcl'));
  expect(await told()).toBe(true);
});

test('a link that is turned to another folder is a change, as Kubernetes makes it', async () => {
  for (const version of ['one', 'two']) {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, 'a.hcl'), version);
  }
  const [link, next] = [join(folder, 'data'), join(folder, 'next')];
  symlinkSync(join(folder, 'one'), link);
  const file = join(folder, 'a.hcl');
  symlinkSync(join(link, 'a.hcl'), file);
  const { told } = await watched(file);
  symlinkSync(join(folder, 'two'), next);
  renameSync(next, link);
  expect(await told()).toBe(true);
});

test('changes in a row are told as one, when they are over', async () => {
  const file = join(folder, 'agent.hcl');
  const { look, changes } = await watched(file);
  for (const text of ['a', 'ab', 'abc']) {
    writeFileSync(file, text);
    await look();
    expect(changes()).toBe(0);
  }
  await look();
  expect(changes()).toBe(1);
});

test('what was written between reading and watching is told', async () => {
  const file = join(folder, 'agent.hcl');
  writeFileSync(file, 'a');
  const paths = [file];
  const since = await filesState(paths);
  writeFileSync(file, 'changed');
  const { promise, resolve } = Promise.withResolvers<void>();
  using _watch = watchFiles({ paths, since, onChange: resolve, onEmptied: () => undefined }, 5);
  await promise;
});

test('a file that is empty for a moment is no change before it is written', async () => {
  const file = join(folder, 'agent.hcl');
  writeFileSync(file, 'a');
  const { look, changes, empty } = await watched(folder);
  writeFileSync(file, '');
  for (let looks = 0; looks < 5; looks++) await look();
  expect(changes()).toBe(0);
  expect(empty).toEqual([file]);
  writeFileSync(file, 'another');
  await look();
  await look();
  expect(changes()).toBe(1);
});

test('a file that stays empty is a change in the end, and is told once', async () => {
  const file = join(folder, 'agent.hcl');
  writeFileSync(file, 'a');
  const { look, changes, empty } = await watched(file);
  writeFileSync(file, '');
  for (let looks = 0; looks < 10; looks++) await look();
  expect(changes()).toBe(0);
  await look();
  expect(changes()).toBe(1);
  for (let looks = 0; looks < 20; looks++) await look();
  expect([changes(), empty]).toEqual([1, [file]]);
});

test('a file that was always empty holds up no other', async () => {
  writeFileSync(join(folder, 'empty.hcl'), '');
  const { told } = await watched(folder);
  writeFileSync(join(folder, 'new.hcl'), '');
  expect(await told()).toBe(true);
});
