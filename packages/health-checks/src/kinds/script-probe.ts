import { type ChildProcess, spawn } from 'node:child_process';
import { type CheckStatus, formatDuration, type ScriptProbe } from '@chancery/model';
import { OutputTail } from '../kept-output.ts';
import type { ProbeResult, ProbeRun } from '../probe-result.ts';
import { type SystemFault, systemWords } from '../words/system-words.ts';
import { scriptTimeoutMs } from './timeouts.ts';

/**
 * Runs a program: exit code 0 passes, 1 warns, all else is critical; its output is what it printed last.
 * It has a process group of its own, which is killed when the time is over.
 */
export function scriptProbe(check: ScriptProbe, run: ProbeRun): Promise<ProbeResult> {
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  const { program, args, timeoutMs = scriptTimeoutMs } = check;
  const output = new OutputTail(run.outputMaxBytes);
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const settle = (status: CheckStatus, text: string): void => {
    clearTimeout(deadline);
    run.signal.removeEventListener('abort', stop);
    resolve({ status, output: text });
  };
  const stop = (): void => {
    killGroup(child);
    settle('critical', 'the check was given up');
  };
  const deadline = setTimeout(() => {
    killGroup(child);
    const late = `Timed out (${formatDuration(timeoutMs)}) running check`;
    settle('critical', `${late}\n\n${output}`);
  }, timeoutMs);
  run.signal.addEventListener('abort', stop);
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => output.add(chunk));
  child.on('error', (error) => settle('critical', startWords(program, error)));
  child.on('close', (code) => settle(verdict(code), String(output)));
  return promise;
}

function verdict(code: number | null): CheckStatus {
  if (code === 0) return 'passing';
  return code === 1 ? 'warning' : 'critical';
}

/** Those that left the group may hold the pipes open: nobody reads them any more. */
function killGroup(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has ended meanwhile.
  }
}

function startWords(program: string, error: SystemFault): string {
  if (error.code === 'ENOENT' && !program.includes('/')) {
    return `exec: ${JSON.stringify(program)}: executable file not found in $PATH`;
  }
  return `fork/exec ${program}: ${systemWords(error)}`;
}
