import type { WaitAppliedResponse } from '@chancery/mesh-api/v1/proxies';
import type { Writes } from './ask-agent.ts';
import { callMesh } from './ask-mesh.ts';
import { fail } from './attempt.ts';
import type { Waiting } from './change-flags.ts';
import type { Call } from './command.ts';
import type { Io } from './io.ts';

/** The exit code where a change was made and a proxy does not have it yet. */
const lagging = 3;

/**
 * Waits until the proxies that a change concerns have acknowledged it, where that is asked for, and says so; names
 * those that lag when the time is over. The change has been made by then, whatever comes of this.
 */
export async function enforced(
  call: Call,
  { timeoutMs }: Waiting & { readonly ok: true },
  { revisions }: Writes,
): Promise<number> {
  if (timeoutMs === undefined) return 0;
  if (revisions.size === 0) {
    const message = 'The agent tells no revision, so that -wait has nothing to wait for';
    return fail(call.io, message);
  }
  const began = performance.now();
  return await callMesh(call, 'Error waiting for the proxies', async ({ proxies }) => {
    let code = 0;
    for (const revision of revisions) {
      const timeout = duration(Math.max(1, timeoutMs - (performance.now() - began)));
      const applied = await proxies.waitApplied({ revision: BigInt(revision), timeout });
      const begin = revisions.size === 1 ? '' : `Revision ${revision}: `;
      code = Math.max(code, told(call.io, begin, applied));
    }
    return code;
  });
}

function told(io: Io, begin: string, applied: WaitAppliedResponse): number {
  const { affected, acknowledged, notConnected } = applied;
  const ms = Math.round(
    Number(applied.took?.seconds ?? 0n) * 1000 + (applied.took?.nanos ?? 0) / 1e6,
  );
  const shown = `${begin}Enforced on ${acknowledged}/${affected} proxies`;
  const isWhole = applied.lagging.length === 0;
  if (affected === 0) {
    io.out(
      `${begin}${notConnected.length === 0 ? 'Nothing changes for any proxy' : 'Nothing changes for a connected proxy'}`,
    );
  } else if (isWhole) {
    io.out(`${shown} in ${ms} ms`);
  } else {
    io.err(`${shown} after ${ms} ms; not yet on:`);
    for (const { id, detail } of applied.lagging) io.err(`  ${id}: ${detail}`);
  }
  if (notConnected.length > 0) {
    io.err(`Not connected, and given it when they are: ${named(notConnected)}`);
  }
  return isWhole ? 0 : lagging;
}

/** As many as one reads; the others are counted. */
function named(ids: readonly string[]): string {
  const shown = ids.slice(0, 10).join(', ');
  return ids.length <= 10 ? shown : `${shown} and ${ids.length - 10} more`;
}

function duration(ms: number): { readonly seconds: bigint; readonly nanos: number } {
  const whole = Math.ceil(ms);
  return { seconds: BigInt(Math.floor(whole / 1000)), nanos: (whole % 1000) * 1e6 };
}
