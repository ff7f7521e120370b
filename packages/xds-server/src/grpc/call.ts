import { constants, type ServerHttp2Stream } from 'node:http2';
import type { FrameReader } from './frame.ts';
import { type Status, statusTrailers } from './status.ts';

/** The headers that every answer begins with. */
export const responseHeaders: Readonly<Record<string, string | number>> = {
  ':status': 200,
  'content-type': 'application/grpc',
  'grpc-accept-encoding': 'identity',
};

/** What the owner of a call is told. */
export interface CallListener {
  /** Messages that arrived together. */
  readonly onMessages: (messages: readonly Uint8Array[]) => void;
  /** All that was written has left for the peer. */
  readonly onFlushed: () => void;
  /** The call is over, for whatever reason. Comes exactly once. */
  readonly onClosed: () => void;
}

/** One bidirectional gRPC call on an HTTP/2 stream. Reading never waits for writing. */
export class Call {
  readonly #stream: ServerHttp2Stream;
  readonly #reader: FrameReader;
  readonly #listener: CallListener;
  #deadline: NodeJS.Timeout | undefined;
  #status: Status | undefined;
  #unflushed = 0;
  #over = false;

  constructor(
    stream: ServerHttp2Stream,
    reader: FrameReader,
    deadlineMs: number | undefined,
    listener: CallListener,
  ) {
    this.#stream = stream;
    this.#listener = listener;
    this.#reader = reader;
    stream.on('data', (chunk: Buffer) => this.#read(chunk));
    stream.on('end', () => this.close({ code: 'OK', message: '' }));
    stream.on('wantTrailers', () => this.#sendTrailers());
    // The reason of an error comes with the RST or the session; here it only matters that it is over.
    stream.on('error', () => this.#finish());
    stream.on('close', () => this.#finish());
    if (deadlineMs !== undefined) this.#watchDeadline(deadlineMs);
  }

  /** Whether something that was written has not left yet. */
  get isBlocked(): boolean {
    return this.#unflushed > 0;
  }

  /** Writes frames. */
  write(frames: Uint8Array): void {
    if (this.#over || this.#status !== undefined) return;
    this.#sendHeaders();
    this.#unflushed += 1;
    this.#stream.write(frames, () => this.#flushed());
  }

  /** Ends the call with a status. A peer that does not take what was written gets no status but a reset. */
  close(status: Status): void {
    if (this.#over || this.#status !== undefined) return;
    this.#status = status;
    if (this.isBlocked) this.reset();
    else if (this.#stream.headersSent) this.#stream.end();
    else this.#refuse(status);
  }

  /** Ends the call at once. */
  reset(): void {
    this.#stream.close(constants.NGHTTP2_CANCEL);
    this.#finish();
  }

  #read(chunk: Buffer): void {
    if (this.#over || this.#status !== undefined) return;
    const unframed = this.#reader.read(chunk);
    if (unframed.kind === 'refused') this.close(unframed.status);
    else if (unframed.messages.length > 0) this.#listener.onMessages(unframed.messages);
  }

  #watchDeadline(ms: number): void {
    const exceeded = (): void =>
      this.close({ code: 'DEADLINE_EXCEEDED', message: 'the deadline of the call is over' });
    this.#deadline = setTimeout(exceeded, ms);
    this.#deadline.unref();
  }

  #sendHeaders(): void {
    if (!this.#stream.headersSent) this.#stream.respond(responseHeaders, { waitForTrailers: true });
  }

  /** Nothing was said yet, so headers and trailers are one. */
  #refuse(status: Status): void {
    if (!this.#stream.destroyed) {
      this.#stream.respond({ ...responseHeaders, ...statusTrailers(status) }, { endStream: true });
      releaseSoon(this.#stream);
    }
    this.#finish();
  }

  #sendTrailers(): void {
    this.#stream.sendTrailers(statusTrailers(this.#status ?? { code: 'OK', message: '' }));
    releaseSoon(this.#stream);
    this.#finish();
  }

  #flushed(): void {
    this.#unflushed -= 1;
    if (this.#unflushed === 0 && !this.#over && this.#status === undefined) {
      this.#listener.onFlushed();
    }
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#deadline);
    this.#listener.onClosed();
  }
}

/** Gives up the peer's half as well, which it might keep open, but only after the status was written. */
export function releaseSoon(stream: ServerHttp2Stream): void {
  setImmediate(() => stream.close(constants.NGHTTP2_NO_ERROR));
}
