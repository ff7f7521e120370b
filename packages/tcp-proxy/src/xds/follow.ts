import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { AdsCall } from './ads-call.ts';
import { backoffMs } from './backoff.ts';
import { type ClientState, initialState } from './client-state.ts';
import { decodeResponse, encodeRequest, type NodeIdentity } from './messages.ts';
import { type DeltaRequest, openingRequests, type ReadBody, step } from './step.ts';
import type { XdsAddress } from './xds-address.ts';

/** What it takes to follow an xDS server. */
export interface FollowOptions {
  readonly address: XdsAddress;
  readonly node: NodeIdentity;
  readonly token: string;
  readonly read: ReadBody;
  readonly log: Log;
  /** Told of each state that differs from the one before. */
  readonly onState: (state: ClientState) => void;
}

/**
 * Follows an xDS server until the signal is aborted. What was received stays in force while the server is away;
 * a new stream begins with the versions of it, so that nothing is sent again that did not change.
 */
export async function follow(options: FollowOptions, signal: AbortSignal): Promise<void> {
  let state = initialState;
  let failures = 0;
  const keep = (next: ClientState): void => {
    state = next;
    failures = 0;
    options.onState(next);
  };
  while (!signal.aborted) {
    const reason = await oneStream(options, () => state, keep, signal);
    if (signal.aborted) return;
    const ms = backoffMs(failures, Math.random());
    failures += 1;
    options.log('warn', `no xDS from the agent (${reason}); trying again in ${ms} ms`);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}

/** One stream from its opening to its end; resolves with the reason of the end. */
function oneStream(
  { address, node, token, read, log }: FollowOptions,
  state: () => ClientState,
  keep: (next: ClientState) => void,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve) => {
    let answered = false;
    const call = new AdsCall(address, token, {
      onMessage(bytes) {
        if (!answered) log('info', 'the agent serves this proxy');
        answered = true;
        const next = step(state(), decodeResponse(bytes), read);
        keep(next.state);
        for (const request of next.requests) send(request);
      },
      onClosed(reason) {
        signal.removeEventListener('abort', close);
        resolve(reason);
      },
    });
    const close = (): void => call.close();
    const send = (request: DeltaRequest, first?: NodeIdentity): void => {
      if (request.error !== undefined) log('error', `not taken: ${request.error}`);
      call.send(encodeRequest(request, first));
    };
    signal.addEventListener('abort', close);
    for (const [index, request] of openingRequests(state()).entries()) {
      send(request, index === 0 ? node : undefined);
    }
  });
}
