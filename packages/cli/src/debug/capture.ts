import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@chancery/client';
import { linesOf } from '../lines.ts';
import type { CapturePlan, Target } from './capture-plan.ts';
import { captureIntervals } from './intervals.ts';
import { beginCapture, type CaptureReport, type OngoingCapture } from './ongoing-capture.ts';

/** Fills the folder of a plan, which is there already. */
export async function capture(
  client: Client,
  plan: CapturePlan,
  report: CaptureReport,
  interrupted: AbortSignal,
): Promise<void> {
  const going = beginCapture(client, plan, report, interrupted);
  await Promise.all(facts.map((fact) => captureFact(going, fact)));
  await Promise.all([captureLog(going), captureProfile(going), captureIntervals(going)]);
}

type Fact = readonly [Target, (client: Client) => Promise<unknown>];

/** What does not change meanwhile. */
const facts: readonly Fact[] = [
  ['agent', ({ agent }) => agent.self()],
  ['host', ({ agent }) => agent.host()],
  ['members', ({ agent }) => agent.members({ wan: true })],
];

async function captureFact(
  { client, plan, part }: OngoingCapture,
  [target, read]: Fact,
): Promise<void> {
  if (!plan.targets.includes(target)) return;
  await part(target, async () => {
    const text = JSON.stringify(await read(client), null, '\t');
    await writeFile(join(plan.folder, `${target}.json`), text);
  });
}

async function captureLog({ client, plan, end, part }: OngoingCapture): Promise<void> {
  if (!plan.targets.includes('logs')) return;
  const file = createWriteStream(join(plan.folder, 'consul.log'));
  await part('logs', async () => {
    const pieces = await client.agent.monitor({ logLevel: 'TRACE', signal: end });
    for await (const line of linesOf(pieces)) file.write(`${line}\n`);
  });
  await new Promise<void>((resolve) => file.end(resolve));
}

/** The processor's profile of the whole time; one that is interrupted is lost. */
async function captureProfile({ client, plan, end, part }: OngoingCapture): Promise<void> {
  if (!plan.targets.includes('pprof')) return;
  const query = { seconds: String(Math.max(1, Math.floor(plan.durationMs / 1000) - 1)) };
  await part('pprof', async () => {
    const path = '/debug/pprof/profile';
    const profile = await client.connection.bytes({ method: 'GET', path, query, signal: end });
    await writeFile(join(plan.folder, 'profile.prof'), profile);
  });
}
