import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, systemReason } from '@chancery/client';
import { formatDuration } from '@chancery/model';
import { withClient } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { interruption } from '../interruption.ts';
import { archive } from './archive.ts';
import { capture } from './capture.ts';
import { type CapturePlan, capturePlan } from './capture-plan.ts';
import { debugFlags } from './debug-flags.ts';
import type { CaptureReport } from './ongoing-capture.ts';

/** `debug` */
export const command: Command = {
  usage: '[-duration TIME] [-interval TIME] [-capture TARGET]... [-output NAME] [-archive=false]',
  about:
    'Records what helps to find a fault: what the agent says of itself, its host and members, and for some time its metrics and its whole log. All of it becomes one archive; read it before you pass it on, because logs name your services. An interrupt ends it early and keeps what there is.',
  examples: ['debug -duration 1m', 'debug -capture logs -capture metrics -output slow'],
  flags: [...debugFlags, ...httpFlags],
  arguments: 'none',
  async run(call) {
    const planned = capturePlan(call.flags, new Date());
    if (!planned.ok) return fail(call.io, `==> Capture validation failed: ${planned.message}`);
    return await withClient(call, (client) => debug(client, planned.plan, call));
  },
};

async function debug(client: Client, plan: CapturePlan, call: Call): Promise<number> {
  const { io } = call;
  const tried = '==> Capture validation failed: error querying target agent';
  let version = '';
  const reached = await attempt(io, tried, async () => {
    version = (await client.agent.self()).Config.Version;
    return 0;
  });
  if (reached !== 0) return reached;
  const problem = await emptyFolder(plan.folder);
  if (problem !== undefined) return fail(io, `==> Capture validation failed: ${problem}`);
  tellPlan(plan, version, call);
  using interrupted = interruption();
  const { signal } = interrupted;
  await capture(client, plan, reporter(call), signal);
  if (signal.aborted) io.err('==> Interrupted: what was captured until now is kept');
  await writeFile(join(plan.folder, 'index.json'), index(plan, version));
  io.out(`    Saved debug archive: ${await kept(plan)}`);
  return 0;
}

async function emptyFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return undefined;
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (exists) return `${folder} exists already: name another with -output`;
    return `${folder} cannot be made: ${systemReason(error)}`;
  }
}

function output({ folder, archive: archived }: CapturePlan): string {
  return archived ? `${folder}.tar.gz` : folder;
}

async function kept(plan: CapturePlan): Promise<string> {
  if (plan.archive) {
    await archive(plan.folder, output(plan));
    await rm(plan.folder, { recursive: true });
  }
  return output(plan);
}

function tellPlan(plan: CapturePlan, version: string, { io }: Call): void {
  io.out('==> Starting debugger and capturing static information...');
  io.out(`     Agent Version: '${version}'`);
  io.out(`          Interval: '${formatDuration(plan.intervalMs)}'`);
  io.out(`          Duration: '${formatDuration(plan.durationMs)}'`);
  io.out(`            Output: '${output(plan)}'`);
  io.out(`           Capture: '${plan.targets.join(', ')}'`);
}

function reporter({ io }: Call): CaptureReport {
  const begun: Readonly<Record<'begins' | 'ends', string>> = {
    begins: 'Beginning capture interval',
    ends: 'Capture successful',
  };
  const leftOut = new Set<string>();
  return {
    onInterval: (event, count) =>
      io.out(`==> ${begun[event]} ${new Date().toISOString()} (${count})`),
    onFailure(part, error) {
      const reason = isUnoffered(error) ? 'the agent does not offer it' : error.message;
      const line = `==> ${part} is left out: ${reason}`;
      if (!leftOut.has(line)) io.err(line);
      leftOut.add(line);
    },
  };
}

/** Statuses of a route that is not there, not built, or not open. */
function isUnoffered({ status }: { readonly status: number }): boolean {
  return [401, 403, 404, 405, 501].includes(status);
}

function index(plan: CapturePlan, version: string): string {
  const facts = {
    Version: 1,
    AgentVersion: version,
    Interval: formatDuration(plan.intervalMs),
    Duration: formatDuration(plan.durationMs),
    Targets: plan.targets,
  };
  return JSON.stringify(facts, null, '\t');
}
