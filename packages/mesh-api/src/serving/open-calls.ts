import type { MeshApiLimits } from '../dependencies.ts';
import { cut, type ServedRequest, type ServedResponse } from './exchange.ts';

interface OpenCall {
  readonly request: ServedRequest;
  readonly began: number;
  /** Since when the client takes nothing of what was written. */
  stalledSince: number | undefined;
}

const sweepMs = 1000;

/** The calls that are being answered. Who sends too slowly, or takes nothing, is cut off. */
export class OpenCalls {
  readonly #limits: MeshApiLimits;
  readonly #calls = new Map<ServedResponse, OpenCall>();
  #sweep: NodeJS.Timeout | undefined;

  constructor(limits: MeshApiLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Takes a call up until its answer is closed; false where there are too many already. */
  admit(request: ServedRequest, response: ServedResponse): boolean {
    if (this.#calls.size >= this.#limits.maxCalls) return false;
    this.#calls.set(response, { request, began: performance.now(), stalledSince: undefined });
    response.once('close', () => this.#leave(response));
    this.#sweep ??= setInterval(() => this.#cutOff(performance.now()), sweepMs).unref();
    return true;
  }

  #leave(response: ServedResponse): void {
    this.#calls.delete(response);
    if (this.#calls.size > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  #cutOff(now: number): void {
    const { requestMs, stallMs } = this.#limits;
    for (const [response, call] of this.#calls) {
      call.stalledSince = isBlocked(response) ? (call.stalledSince ?? now) : undefined;
      const isLate = !call.request.complete && now - call.began > requestMs;
      const isStalled = call.stalledSince !== undefined && now - call.stalledSince > stallMs;
      if (isLate || isStalled) cut(response);
    }
  }
}

function isBlocked(response: ServedResponse): boolean {
  if (!('stream' in response)) return response.writableNeedDrain;
  return response.stream?.writableNeedDrain === true;
}
