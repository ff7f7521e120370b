import { setTimeout as pause } from 'node:timers/promises';
import { toJsonString } from '@bufbuild/protobuf';
import { type Call, fail } from '@chancery/cli';
import type { MeshClient } from '@chancery/mesh-api/client';
import { type WatchResponse, WatchResponseSchema } from '@chancery/mesh-api/v1/status';
import { followMesh } from '../feed/follow-mesh.ts';
import { asciiText } from '../frame/ascii.ts';
import type { Mesh } from '../model/mesh.ts';
import { problems } from '../model/problems.ts';
import type { ViewName } from '../views/views.ts';
import { readState } from './read-state.ts';
import { stateLines } from './state-lines.ts';

/** The exit codes of what prints the present state. */
const exitCodes = { well: 0, problems: 1, unreachable: 2 } as const;

/** Prints the present state as lines; the exit code says whether anything is wrong. */
export async function printLines(
  { io, flags }: Call,
  mesh: MeshClient,
  view: ViewName | undefined,
): Promise<number> {
  const state = await readState(mesh);
  const shown = flags.on('ascii') ? asciiText : (text: string): string => text;
  for (const line of stateLines(state, Date.now(), view)) io.out(shown(line));
  return verdict(state);
}

/** Prints the present state as the agent told it, an object a line. */
export async function printJson({ io }: Call, mesh: MeshClient): Promise<number> {
  return verdict(await readState(mesh, (message) => io.out(jsonLine(message))));
}

/** The same, and then every change until it is interrupted. What is lost is tried again, and begins anew. */
export async function followJson(
  { io }: Call,
  mesh: MeshClient,
  signal: AbortSignal,
): Promise<number> {
  let wasThere = false;
  const giveUp = new AbortController();
  let code: number = exitCodes.well;
  await followMesh(mesh, {
    now: Date.now,
    wait: async (ms, signal) => await pause(ms, undefined, { signal }).catch(() => undefined),
    signal: AbortSignal.any([signal, giveUp.signal]),
    dispatch(event) {
      if (event.kind === 'message') {
        wasThere = true;
        io.out(jsonLine(event.message));
      } else if (event.kind === 'lost') {
        const next = wasThere ? '; trying again' : '';
        const failed = fail(
          io,
          `Error watching the mesh: ${event.reason}${next}`,
          exitCodes.unreachable,
        );
        if (wasThere) return;
        code = failed;
        giveUp.abort();
      }
    },
  });
  return code;
}

function jsonLine(message: WatchResponse): string {
  return toJsonString(WatchResponseSchema, message);
}

function verdict(mesh: Mesh): number {
  const isWell = problems(mesh, mesh.at ?? Date.now()).length === 0;
  return isWell ? exitCodes.well : exitCodes.problems;
}
