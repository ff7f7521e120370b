import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What the kernel knows of a process. */
export interface ProcessUsage {
  /** Processor time of all its threads so far, with the kernel's work for it. */
  readonly cpuMs: number;
  readonly residentMiB: number;
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** @throws Error when there is no such process. */
export function processUsage(pid: number): ProcessUsage {
  return {
    cpuMs: (cpuTicks(readFileSync(`/proc/${pid}/stat`, 'utf8')) * 1000) / ticksPerSecond,
    residentMiB: residentKiB(readFileSync(`/proc/${pid}/status`, 'utf8')) / 1024,
  };
}

/** User and system ticks of `/proc/PID/stat`. The name of the program, in brackets, may hold anything. */
export function cpuTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  if (!Number.isFinite(user + system)) throw new Error(`not a stat file: ${stat}`);
  return user + system;
}

/** Resident memory of `/proc/PID/status`. */
export function residentKiB(status: string): number {
  const [, kiB] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  if (kiB === undefined) throw new Error('not a status file: it has no VmRSS');
  return Number(kiB);
}
