import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileTime } from './capture-plan.ts';
import type { OngoingCapture } from './ongoing-capture.ts';

/** Captures what changes: at once, and again after each interval until the end. */
export async function captureIntervals(capture: OngoingCapture): Promise<void> {
  const { plan, report, end } = capture;
  if (!plan.targets.includes('metrics') && !plan.targets.includes('pprof')) return;
  for (let count = 0; count * plan.intervalMs < plan.durationMs && !end.aborted; count += 1) {
    report.onInterval('begins', count);
    await Promise.all([captureMetrics(capture), captureMemory(capture)]);
    report.onInterval('ends', count);
    await sleep(plan.intervalMs, undefined, { signal: end }).catch(() => undefined);
  }
}

/** One line of JSON for each interval. */
async function captureMetrics({ client, plan, part }: OngoingCapture): Promise<void> {
  if (!plan.targets.includes('metrics')) return;
  await part('metrics', async () => {
    const metrics = await client.agent.metrics();
    await appendFile(join(plan.folder, 'metrics.json'), `${JSON.stringify(metrics)}\n`);
  });
}

async function captureMemory({ client, plan, part }: OngoingCapture): Promise<void> {
  if (!plan.targets.includes('pprof')) return;
  const folder = join(plan.folder, fileTime(new Date()));
  for (const kind of ['heap', 'goroutine']) {
    await part('pprof', async () => {
      const path = `/debug/pprof/${kind}`;
      const profile = await client.connection.bytes({ method: 'GET', path });
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${kind}.prof`), profile);
    });
  }
}
