import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openTerminal } from '@chancery/testing/terminal';

const launcher = fileURLToPath(new URL('../../../../bin/chancery', import.meta.url));

/** How long a screen takes to be there, from the start of its process. */
export interface FirstFrame {
  /** Milliseconds until something is painted. */
  readonly paintedMs: number;
  /** Milliseconds until the whole state of the mesh is. */
  readonly liveMs: number;
}

/** Starts the screen as people do, against an agent that runs, and leaves it again. */
export async function measureFirstFrame(address: string): Promise<FirstFrame> {
  const start = performance.now();
  using terminal = openTerminal(launcher, ['status', `-http-addr=${address}`]);
  await terminal.until(/Chancery/);
  const paintedMs = performance.now() - start;
  await terminal.until(/● live/);
  const liveMs = performance.now() - start;
  terminal.type('\u0003');
  await terminal.exited;
  return { paintedMs, liveMs };
}

/** The share of a core that a screen takes while nothing happens, over some milliseconds. Linux only. */
export async function measureIdle(address: string, overMs: number): Promise<number> {
  using terminal = openTerminal(launcher, ['status', `-http-addr=${address}`]);
  await terminal.until(/● live/);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const before = cpuMs(terminal.pid);
  await new Promise((resolve) => setTimeout(resolve, overMs));
  return (cpuMs(terminal.pid) - before) / overMs;
}

/** Milliseconds of a core that a process has used; the clock of `/proc` has a hundred ticks a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
