import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type IncomingHttpHeaders,
} from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { createUnframer, frame } from './frame.ts';
import type { XdsAddress } from './xds-address.ts';

const PATH = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';

/** A response larger than this ends the call: some thousand times what a sidecar gets. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** How often the server is asked whether it is alive; it has as long to answer. */
const KEEPALIVE_MS = 15_000;

/** What the owner of a call is told. */
export interface AdsListener {
  /** One message; throwing ends the call. */
  readonly onMessage: (bytes: Uint8Array) => void;
  /** The call is over, and why. Comes exactly once. */
  readonly onClosed: (reason: string) => void;
}

/** One delta ADS call on a connection of its own. */
export class AdsCall {
  readonly #session: ClientHttp2Session;
  readonly #stream: ClientHttp2Stream;
  readonly #listener: AdsListener;
  readonly #keepalive: NodeJS.Timeout;
  #answered = true;
  #reason: string | undefined;
  #closed = false;

  constructor(address: XdsAddress, token: string, listener: AdsListener) {
    this.#listener = listener;
    this.#session = openSession(address);
    this.#session.on('error', (error) => this.#because(error.message));
    this.#session.on('goaway', () => this.#because('the server goes away'));
    this.#session.on('close', () => this.#finish());
    this.#stream = this.#session.request({
      ':method': 'POST',
      ':path': PATH,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...(token !== '' && { 'x-consul-token': token }),
    });
    this.#watchStream();
    this.#keepalive = setInterval(() => this.#checkPeer(), KEEPALIVE_MS);
    this.#keepalive.unref();
  }

  /** Sends one message. */
  send(message: Uint8Array): void {
    if (!this.#stream.destroyed && !this.#stream.writableEnded) this.#stream.write(frame(message));
  }

  /** Ends the call at once. */
  close(): void {
    this.#because('it was closed');
    this.#session.destroy();
  }

  #watchStream(): void {
    const unframer = createUnframer(MAX_MESSAGE_BYTES);
    const stream = this.#stream;
    stream.on('response', (headers) => this.#readStatus(headers));
    stream.on('trailers', (trailers) => this.#readStatus(trailers));
    stream.on('data', (chunk: Buffer) => {
      try {
        for (const message of unframer.read(chunk)) this.#listener.onMessage(message);
      } catch (error) {
        this.#because(error instanceof Error ? error.message : String(error));
        this.#session.destroy();
      }
    });
    // A stream that is cancelled with its session names the reason as its cause.
    stream.on('error', ({ cause, message }) =>
      this.#because(cause instanceof Error ? cause.message : message),
    );
    stream.on('close', () => this.#session.destroy());
  }

  #readStatus(headers: IncomingHttpHeaders): void {
    const status = headers['grpc-status'];
    if (status !== undefined) {
      this.#because(statusText(String(status), String(headers['grpc-message'] ?? '')));
    } else if (Number(headers[':status'] ?? 200) !== 200) {
      this.#because(`the server answers with HTTP status ${headers[':status']}`);
    }
  }

  #checkPeer(): void {
    if (!this.#answered) {
      this.#because('the server does not answer any more');
      this.#session.destroy();
      return;
    }
    if (this.#session.destroyed || this.#session.connecting) return;
    this.#answered = false;
    this.#session.ping((error) => {
      if (error === null) this.#answered = true;
    });
  }

  /** The first reason is the one that counts; what follows comes of it. */
  #because(reason: string): void {
    this.#reason ??= reason;
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#keepalive);
    this.#listener.onClosed(this.#reason ?? 'the server closed the connection');
  }
}

function openSession(address: XdsAddress): ClientHttp2Session {
  if (address.kind === 'tcp') return connect(address.authority);
  return connect('http://localhost', { createConnection: () => connectSocket(address.path) });
}

const statusNames: ReadonlyMap<string, string> = new Map([
  ['0', 'OK'],
  ['3', 'INVALID_ARGUMENT'],
  ['5', 'NOT_FOUND'],
  ['7', 'PERMISSION_DENIED'],
  ['8', 'RESOURCE_EXHAUSTED'],
  ['12', 'UNIMPLEMENTED'],
  ['13', 'INTERNAL'],
  ['14', 'UNAVAILABLE'],
  ['16', 'UNAUTHENTICATED'],
]);

function statusText(status: string, message: string): string {
  const name = statusNames.get(status) ?? `status ${status}`;
  return message === '' ? name : `${name}: ${decoded(message)}`;
}

function decoded(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}
