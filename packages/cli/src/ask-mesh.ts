import type { MeshClient } from '@chancery/mesh-api/client';
import { connectionOptions } from './ask-agent.ts';
import { attempt, fail } from './attempt.ts';
import type { Call } from './command.ts';

/** Runs what calls the agent's RPCs; its failure becomes one line that begins with what was tried. */
export async function askMesh(
  call: Call,
  tried: string,
  work: (mesh: MeshClient) => Promise<number>,
  failureCode = 1,
): Promise<number> {
  if (!call.flags.given('datacenter', 'stale'))
    return await callMesh(call, tried, work, failureCode);
  const message =
    'neither -datacenter nor -stale is understood here: it is about the agent that is asked';
  return fail(call.io, message, failureCode);
}

/**
 * The same, for what has been told already which datacenter is meant. The client is loaded here and nowhere else: it
 * takes a command longer than most commands run.
 */
export async function callMesh(
  call: Call,
  tried: string,
  work: (mesh: MeshClient) => Promise<number>,
  failureCode = 1,
): Promise<number> {
  const options = connectionOptions(call);
  if (typeof options === 'string') return fail(call.io, options, failureCode);
  const { connectMesh } = await import('@chancery/mesh-api/client');
  using mesh = connectMesh(options);
  return await attempt(call.io, tried, () => work(mesh), failureCode);
}
