import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Violation } from '../layering.ts';
import type { ConsumerModule } from './consumer-project.ts';
import { runCommand } from './run-command.ts';

const patienceMs = 30_000;

/** Runs each compiled module under each Node, a process for each. One that does not end has failed as well. */
export async function moduleFaults(
  project: string,
  modules: readonly ConsumerModule[],
  nodes: readonly string[],
): Promise<Violation[]> {
  const runs = nodes.flatMap((node) => modules.map((module) => ({ node, module })));
  const found: Violation[] = [];
  const queue = runs.values();
  const worker = async () => {
    for (const { node, module } of queue) found.push(...(await faults(project, module, node)));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return found;
}

async function faults(project: string, module: ConsumerModule, node: string): Promise<Violation[]> {
  const path = join('out', `${module.stem}.js`);
  const { ok, output } = await runCommand(project, patienceMs, node, path);
  if (ok) return [];
  const where = `${module.package}, ${module.what}`;
  const withoutFrames = output.trim().replaceAll(/^ +at .*\n/gm, '');
  return [{ where, what: `fails under ${node}:\n${withoutFrames}` }];
}
