import { expect, test } from 'vitest';
import { type Program, runToEnd, startProgram } from './program.ts';
import { until } from './until.ts';

const sh = (script: string) => ({ program: '/bin/sh', args: ['-c', script] });

/** The PID that the script printed, once it has. */
async function printedPid(program: Program): Promise<number> {
  const printed = (): string | undefined => /(\d+)\n/.exec(program.output())?.[1];
  const { value } = await until(printed, { withinMs: 5000, what: 'a PID was printed' });
  return Number(value);
}

/** A dead process may linger in the table, as a zombie, until its new parent takes notice. */
async function isGone(pid: number): Promise<void> {
  await until(
    async () => {
      const { output } = await runToEnd({ program: 'ps', args: ['-o', 'stat=', '-p', `${pid}`] });
      return /^Z|^$/.test(output.trim());
    },
    { withinMs: 5000, what: 'the process was gone' },
  );
}

test('output and exit code are those of the program', async () => {
  expect(await runToEnd(sh('echo out; echo err >&2; exit 3'))).toEqual({
    code: 3,
    output: expect.stringMatching(/out\n/),
  });
});

test('a program that cannot be started has ended with 127, as in a shell', async () => {
  expect(await runToEnd({ program: '/no/such/program', args: [] })).toMatchObject({ code: 127 });
});

test('disposing ends the program with all that it started', async () => {
  const program = startProgram(sh('sleep 300 & echo $!; wait'));
  const grandchild = await printedPid(program);
  await program[Symbol.asyncDispose]();
  expect(program.running).toBe(false);
  await isGone(grandchild);
});

test('a kill reaches what the program started as well', async () => {
  await using program = startProgram(sh('trap "" TERM; sleep 300 & echo $!; wait'));
  const grandchild = await printedPid(program);
  await program.kill9();
  expect(await program.ended).toBe('SIGKILL');
  await isGone(grandchild);
});
