import type { CheckFinding } from '@chancery/mesh-api';
import { expect, test } from 'vitest';
import { type MeshCheck, ok } from './finding.ts';
import { runChecks } from './run-checks.ts';

const run = { limitMs: 20, now: () => 7 };

function looking(name: string, look: MeshCheck['look']): MeshCheck {
  return { group: 'group', name, look };
}

async function all(checks: readonly MeshCheck[]): Promise<readonly CheckFinding[]> {
  return await Array.fromAsync(runChecks(checks, run, new AbortController().signal));
}

test('one that hangs is skipped with the reason, and the others come before it', async () => {
  const never = new Promise<never>(() => undefined);
  const found = await all([
    looking('hangs', () => never),
    looking('quick', () => [ok('quick', 'fine')]),
  ]);
  expect(found).toEqual([
    { group: 'group', name: 'quick', status: 'ok', message: 'fine', at: 7 },
    {
      group: 'group',
      name: 'hangs',
      status: 'skipped',
      message: 'could not be looked at: it was not known after 0.02 s',
      at: 7,
    },
  ]);
});

test('one that fails is skipped with its words', async () => {
  const found = await all([
    looking('throws', () => {
      throw new Error('no way in');
    }),
    looking('rejects', () => Promise.reject(new Error('no way out'))),
  ]);
  expect(found.map(({ status, message }) => `${status}: ${message}`)).toEqual([
    'skipped: could not be looked at: no way in',
    'skipped: could not be looked at: no way out',
  ]);
});

test('who no longer listens is told nothing more', async () => {
  const stopping = new AbortController();
  const never = new Promise<never>(() => undefined);
  const findings = runChecks(
    [looking('hangs', () => never)],
    { ...run, limitMs: 60_000 },
    stopping.signal,
  );
  const next = findings.next();
  stopping.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});
