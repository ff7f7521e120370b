import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ProbeRun } from '../probe-result.ts';
import { aRun } from '../testing/a-run.ts';
import { scriptProbe } from './script-probe.ts';

function node(code: string, parts: object = {}, run: Partial<ProbeRun> = {}) {
  const check = { kind: 'script', program: process.execPath, args: ['-e', code] } as const;
  return scriptProbe({ ...check, intervalMs: 1000, ...parts }, aRun(run));
}

test.for([
  ['process.stdout.write("fine")', 'passing', 'fine'],
  ['process.stderr.write("hm"); process.exitCode = 1', 'warning', 'hm'],
  ['process.stdout.write("no"); process.exitCode = 2', 'critical', 'no'],
  ['process.kill(process.pid, "SIGKILL")', 'critical', ''],
] as const)('%s is %s', async ([code, status, output]) => {
  expect(await node(code)).toEqual({ status, output });
});

test('of a long output the end is kept', async () => {
  const printed = node('process.stdout.write("0123456789".repeat(10))', {}, { outputMaxBytes: 15 });
  expect(await printed).toEqual({
    status: 'passing',
    output: 'Captured 15 of 100 bytes\n...\n567890123456789',
  });
});

test('what takes too long is killed with all that it started', async () => {
  const check = { kind: 'script', program: 'sh', intervalMs: 1000, timeoutMs: 1000 } as const;
  const args = ['-c', 'sleep 1000 & echo $!; wait'];
  const { status, output } = await scriptProbe({ ...check, args }, aRun());
  expect(status).toBe('critical');
  const [, pid = ''] = /^Timed out \(1s\) running check\n\n(\d+)\n$/.exec(output) ?? [];
  expect(pid).not.toBe('');
  await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
});

/** What has ended may stay in the table of processes until its parent asks. */
function isRunning(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

test('what nobody waits for any more is killed', async () => {
  const gone = new AbortController();
  const running = node('setInterval(() => {}, 1000)', {}, { signal: gone.signal });
  await sleep(50);
  gone.abort();
  expect(await running).toMatchObject({ status: 'critical' });
});

test('what cannot be started says why', async () => {
  const start = (program: string) =>
    scriptProbe({ kind: 'script', program, args: [], intervalMs: 1000 }, aRun());
  expect(await start('/no/such/program')).toEqual({
    status: 'critical',
    output: 'fork/exec /no/such/program: no such file or directory',
  });
  expect(await start('no-such-program')).toEqual({
    status: 'critical',
    output: 'exec: "no-such-program": executable file not found in $PATH',
  });
  expect(await start(import.meta.filename)).toMatchObject({
    output: expect.stringMatching(/: permission denied$/),
  });
});
