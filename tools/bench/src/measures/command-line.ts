import { spawnSync } from 'node:child_process';
import { median, quantile } from '../statistics.ts';
import { launchAgent } from '../subjects/launch-agent.ts';
import type { Measure } from './measure.ts';

/** `intention check a b` as a whole process, from its creation to its end. */
export const commandLine: Measure = {
  name: 'command-line',
  async run(subject, { rounds }) {
    await using agent = await launchAgent(subject);
    await agent.ready();
    const env = { ...process.env, CONSUL_HTTP_ADDR: `127.0.0.1:${agent.ports.http}` };
    oneCommand(subject.program, env);
    const times = Array.from({ length: rounds * 4 }, () => oneCommand(subject.program, env));
    const name = 'intention check, whole process';
    return [
      { name, value: median(times), unit: 'ms', goal: { atMost: 150 } },
      { name: `${name}, p95`, value: quantile(times, 0.95), unit: 'ms' },
    ];
  },
};

function oneCommand(program: string, env: NodeJS.ProcessEnv): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(program, ['intention', 'check', 'a', 'b'], {
    env,
    encoding: 'utf8',
  });
  const elapsedMs = performance.now() - start;
  if (status === 0 && stdout.trim() === 'Allowed') return elapsedMs;
  throw new Error(`intention check ended with ${status}: ${stdout}${stderr}`);
}
