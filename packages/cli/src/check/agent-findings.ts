import type { ConnectionOptions } from '@chancery/client';
import type { Standing } from '../output/standing.ts';
import { type Finding, findingsOf } from './finding.ts';
import { within } from './within.ts';

const { ok, warning, failed, skipped } = findingsOf('agent');

/** The numbers of a `CheckStatus`, as standings. */
const standings: readonly Standing[] = ['skipped', 'ok', 'warning', 'failed', 'skipped'];

/** How far the clocks of two machines may be apart before it matters to people, and to certificates. */
const noticedMs = 2_000;
const harmfulMs = 60_000;

/** What the agent finds of itself and its mesh; what came until it takes no longer, if it hangs. */
export async function askDoctor(
  options: ConnectionOptions,
  limitMs: number,
): Promise<readonly Finding[]> {
  const { connectMesh } = await import('@chancery/mesh-api/client');
  using mesh = connectMesh(options);
  const found: Finding[] = [];
  let skewMs: number | undefined;
  const gather = async (signal: AbortSignal): Promise<void> => {
    const asked = Date.now();
    for await (const finding of mesh.status.check({}, { signal })) {
      const { group, name, status, message, hint, at } = finding;
      found.push({ group, name, status: standings[status] ?? 'skipped', message, hint });
      if (at === undefined || skewMs !== undefined) continue;
      skewMs = skew(Number(at.seconds) * 1000 + at.nanos / 1e6, asked, Date.now());
    }
  };
  const gathered = await within(limitMs, gather);
  const told = found.filter((each) => !isClock(each));
  const clocks = [
    ...found.filter((each) => isClock(each) && each.status !== 'ok'),
    ...skewFindings(skewMs),
  ];
  if (gathered.kind === 'done') return [...clocks, ...told];
  const reason =
    gathered.kind === 'late'
      ? `it was not done after ${limitMs / 1000} s`
      : ((gathered.error as Error).message ?? String(gathered.error));
  return [
    ...clocks,
    ...told,
    skipped('doctor', `the agent does not tell all of itself: ${reason}`),
  ];
}

/** How far the agent's clock is ahead: not at all where it lies between the times of question and answer. */
function skew(theirs: number, asked: number, answered: number): number {
  if (theirs < asked) return theirs - asked;
  return Math.max(0, theirs - answered);
}

/** The agent tells the time of its clock, which is worth no line where it agrees with that of this machine. */
function isClock({ group, name }: Finding): boolean {
  return group === 'agent' && name === 'clock';
}

function skewFindings(skewMs: number | undefined): readonly Finding[] {
  return skewMs === undefined ? [] : [clockFinding(skewMs)];
}

function clockFinding(skewMs: number): Finding {
  const apart = Math.abs(skewMs);
  const where = skewMs < 0 ? 'behind' : 'ahead of';
  if (apart <= noticedMs) return ok('clocks', 'those of the agent and this machine agree');
  const message = `the agent's clock is ${Math.round(apart / 1000)} s ${where} this machine's`;
  const hint = 'keep both in time with NTP: certificates and the history are told by them';
  return apart > harmfulMs ? failed('clocks', message, hint) : warning('clocks', message, hint);
}
