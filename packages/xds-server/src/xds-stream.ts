import { type DecodedRequest, decodeRequest, type NodeIdentity } from './codec/decode-request.ts';
import type { ResponseEncoder } from './codec/encode-response.ts';
import { protocolRules } from './codec/protocol-rules.ts';
import type { Call, CallListener } from './grpc/call.ts';
import { frame } from './grpc/frame.ts';
import type { Status } from './grpc/status.ts';
import type { ManifestIndex } from './manifest-index.ts';
import { Progress } from './progress.ts';
import type { Outcome, Response, StreamEvent } from './protocol/event.ts';
import { type Step, step } from './protocol/step.ts';
import { initialState, type StreamState } from './protocol/stream-state.ts';

/** Bounds of what one client may make the server remember. */
const MOST_TYPES = 128;
const MOST_NAMES = 10_000;
const LONGEST_ID = 1024;

/** What a stream tells its server. */
export interface StreamOwner {
  readonly encoder: ResponseEncoder;
  readonly now: () => number;
  /** The clock of what people are shown. */
  readonly clock: () => number;
  readonly onIdentified: (stream: XdsStream) => void;
  readonly onResponse: (stream: XdsStream, response: Response) => void;
  readonly onOutcome: (stream: XdsStream, outcome: Outcome) => void;
  /** After one event, when all of its responses and outcomes are told, or a type was asked for first. */
  readonly onMoved: (stream: XdsStream) => void;
  readonly onClosed: (stream: XdsStream) => void;
}

/** Joins one gRPC call to the reducer. */
export class XdsStream implements CallListener {
  readonly progress: Progress = new Progress();
  readonly #owner: StreamOwner;
  #state: StreamState;
  #call: Call | undefined;
  #node: NodeIdentity | undefined;
  #blockedSince: number | undefined;
  #gathering = false;
  readonly #since: number;

  constructor(variant: 'delta' | 'sotw', owner: StreamOwner) {
    this.#owner = owner;
    this.#state = initialState(variant, protocolRules);
    this.#since = owner.now();
  }

  /** Must be called before anything arrives. */
  attach(call: Call): void {
    this.#call = call;
  }

  /** Who is at the other end; `undefined` before the first request. */
  get node(): NodeIdentity | undefined {
    return this.#node;
  }

  /** Since when the peer has not taken what was written. */
  get blockedSince(): number | undefined {
    return this.#blockedSince;
  }

  /** Since when the stream waits to know who is there, or for something to be published for it. */
  get waitingSince(): number | undefined {
    return this.#state.manifest === undefined ? this.#since : undefined;
  }

  publish(manifest: ManifestIndex): void {
    this.#take({ kind: 'manifest', manifest });
  }

  close(status: Status): void {
    this.#call?.close(status);
  }

  onMessages(messages: readonly Uint8Array[]): void {
    this.#gather();
    for (const message of messages) {
      const refusal = this.#receive(message);
      if (refusal === undefined) continue;
      this.close(refusal);
      return;
    }
  }

  onFlushed(): void {
    this.#blockedSince = undefined;
    this.#resume();
  }

  onClosed(): void {
    this.#blockedSince = undefined;
    // How far it got is looked at before it is forgotten.
    this.#owner.onClosed(this);
    this.#take({ kind: 'closed' });
  }

  /**
   * What arrives in one turn of the event loop is looked at together: a reconnecting Envoy asks for its types
   * in any order, and the answers are to be in ours.
   */
  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#take({ kind: 'paused' });
    setImmediate(() => {
      this.#gathering = false;
      this.#resume();
    });
  }

  #resume(): void {
    if (!this.#gathering && this.#blockedSince === undefined) this.#take({ kind: 'resumed' });
  }

  #receive(message: Uint8Array): Status | undefined {
    const decoded = decodedOrRefused(this.#state.variant, message);
    if ('code' in decoded) return decoded;
    const { node, request } = decoded;
    if (this.#node === undefined) {
      if (node === undefined || node.id === '') return noNode;
      if (node.id.length > LONGEST_ID) return longNode;
      this.#node = node;
      this.#owner.onIdentified(this);
    }
    if (request.typeUrl === '') return noType;
    this.#take({ kind: 'request', request });
    return excess(this.#state);
  }

  #take(event: StreamEvent): void {
    const next = step(this.#state, event);
    const isFirst = next.state.types.size > this.#state.types.size;
    this.#state = next.state;
    this.progress.follow(next.state, event.kind === 'manifest' ? this.#owner.clock : undefined);
    for (const outcome of next.outcomes) this.#owner.onOutcome(this, outcome);
    if (next.responses.length > 0) this.#send(next);
    const hasNews = isFirst || next.outcomes.length + next.responses.length > 0;
    if (hasNews) this.#owner.onMoved(this);
  }

  /** All that one event leads to is one write, and until that has left nothing else is written. */
  #send({ responses }: Step): void {
    const { encoder } = this.#owner;
    const encode = this.#state.variant === 'delta' ? encoder.delta : encoder.sotw;
    const frames = responses.map((response) => frame(encode(response)));
    const [only] = frames;
    this.#blockedSince = this.#owner.now();
    this.#state = step(this.#state, { kind: 'paused' }).state;
    this.#call?.write(frames.length === 1 && only !== undefined ? only : Buffer.concat(frames));
    for (const response of responses) this.#owner.onResponse(this, response);
  }
}

function decodedOrRefused(variant: 'delta' | 'sotw', message: Uint8Array): DecodedRequest | Status {
  try {
    return decodeRequest(variant, message);
  } catch (error) {
    return { code: 'INVALID_ARGUMENT', message: `the request cannot be decoded: ${error}` };
  }
}

const noNode: Status = {
  code: 'INVALID_ARGUMENT',
  message: 'the first request of a stream must say who asks: node.id is missing',
};

const longNode: Status = {
  code: 'INVALID_ARGUMENT',
  message: `node.id is limited to ${LONGEST_ID} characters`,
};

const noType: Status = { code: 'INVALID_ARGUMENT', message: 'the request has no type_url' };

function excess({ types }: StreamState): Status | undefined {
  if (types.size > MOST_TYPES) {
    return { code: 'RESOURCE_EXHAUSTED', message: `a stream is limited to ${MOST_TYPES} types` };
  }
  let names = 0;
  // What a client says it has counts as well: with the wildcard it need not name any of it.
  for (const { names: named, told } of types.values()) names += Math.max(named.size, told.size);
  if (names <= MOST_NAMES) return undefined;
  return { code: 'RESOURCE_EXHAUSTED', message: `a stream is limited to ${MOST_NAMES} names` };
}
