import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { parseOptions, usage } from './options.ts';
import { measureNames, runBench } from './run-bench.ts';
import { chancery } from './subjects/chancery.ts';
import { consul } from './subjects/consul.ts';
import { table } from './table.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args, measureNames);
    const subjects = [chancery, ...(options.peer === undefined ? [] : [consul(options.peer)])];
    const machine = describeMachine();
    const log = (line: string): boolean => process.stderr.write(`${line}\n`);
    log(machine);
    const results = await runBench(subjects, options, log);
    console.log(options.json ? JSON.stringify({ machine, ...results }, null, 2) : table(results));
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}\n`);
    return 1;
  }
}

/** The load says how far the figures can be trusted. */
function describeMachine(): string {
  const [load = 0] = loadavg();
  const [processor] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return [
    `${availableParallelism()} x ${processor?.model.trim()}, ${gib} GiB`,
    `${type()} ${release()}, Node ${process.version}`,
    `load ${load.toFixed(2)} at ${new Date().toISOString()}`,
  ].join('; ');
}
