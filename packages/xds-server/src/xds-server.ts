import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { createResponseEncoder, type ResponseEncoder } from './codec/encode-response.ts';
import { acceptCall, isGrpc, refuseCall, refuseHttp } from './grpc/accept-call.ts';
import { Http2Shell } from './grpc/http2-shell.ts';
import type { Status } from './grpc/status.ts';
import { Ledger } from './ledger/ledger.ts';
import type { StreamRows } from './ledger/stream-rows.ts';
import type { Outcome, Response } from './protocol/event.ts';
import { ProxyTable } from './proxy-table.ts';
import type { Manifest } from './resource.ts';
import {
  type DemandCallback,
  defaultLimits,
  type StreamCallback,
  type XdsServer,
  type XdsServerCounters,
  type XdsServerLimits,
  type XdsServerOptions,
} from './server-options.ts';
import type { XdsAddress } from './xds-address.ts';
import { type StreamOwner, XdsStream } from './xds-stream.ts';

const service = '/envoy.service.discovery.v3.AggregatedDiscoveryService/';
const variants: ReadonlyMap<string, 'delta' | 'sotw'> = new Map([
  [`${service}DeltaAggregatedResources`, 'delta'],
  [`${service}StreamAggregatedResources`, 'sotw'],
]);

/** An xDS server that does not listen yet. */
export function createXdsServer(options: XdsServerOptions = {}): XdsServer {
  return new Server(options);
}

interface Opened {
  readonly proxyId: string;
  /** Where the ledger writes down what is sent on the stream and said to it. */
  readonly rows: StreamRows;
}

class Server implements XdsServer, StreamOwner {
  readonly now: () => number = () => performance.now();
  readonly clock: () => number;
  readonly ledger: Ledger;
  readonly encoder: ResponseEncoder = createResponseEncoder();
  readonly #options: XdsServerOptions;
  readonly #limits: XdsServerLimits;
  readonly #shell: Http2Shell;
  readonly #proxies: ProxyTable;
  readonly #streams = new Set<XdsStream>();
  /** Streams that `onStream` was told of. */
  readonly #opened = new Map<XdsStream, Opened>();
  /** What was learned of a client before anything was published for it: what it brought along. */
  readonly #early = new WeakMap<XdsStream, Outcome[]>();
  readonly #callbacks = new Set<StreamCallback>();
  readonly #demandCallbacks = new Set<DemandCallback>();
  #responses = 0;
  #acks = 0;
  #nacks = 0;
  #timers: NodeJS.Timeout[] = [];

  constructor(options: XdsServerOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.clock = options.now ?? Date.now;
    this.ledger = new Ledger(this.clock);
    this.#proxies = new ProxyTable((proxyId, stream) => this.#open(proxyId, stream));
    this.#shell = new Http2Shell((stream, headers) => this.#route(stream, headers));
  }

  get counters(): XdsServerCounters {
    return {
      encodings: this.encoder.encodings(),
      responses: this.#responses,
      acks: this.#acks,
      nacks: this.#nacks,
      streams: this.#streams.size,
      connections: this.#shell.sessions,
      proxies: this.#proxies.size,
    };
  }

  async listen(address: XdsAddress): Promise<{ port: number }> {
    const port = await this.#shell.listen(address);
    if (this.#timers.length === 0) this.#startTimers();
    return { port };
  }

  #startTimers(): void {
    const { stallMs, registrationMs, keepaliveMs } = this.#limits;
    const sweepMs = Math.max(10, Math.min(1000, stallMs / 4, registrationMs / 4));
    this.#timers = [
      setInterval(() => this.#sweep(), sweepMs),
      setInterval(() => this.#shell.checkPeers(), keepaliveMs),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  publish(proxyId: string, manifest: Manifest): void {
    this.#proxies.publish(proxyId, manifest);
    this.ledger.changed(proxyId);
  }

  withdraw(proxyId: string): void {
    for (const stream of this.#proxies.withdraw(proxyId)) stream.close(notRegistered(proxyId));
    this.ledger.forget(proxyId);
    this.ledger.changed(proxyId);
  }

  onStream(callback: StreamCallback): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  onDemand(callback: DemandCallback): () => void {
    this.#demandCallbacks.add(callback);
    return () => this.#demandCallbacks.delete(callback);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    const closed = this.#shell.close(this.#limits.graceMs);
    for (const stream of this.#streams) {
      stream.close({ code: 'UNAVAILABLE', message: 'the server is shutting down' });
    }
    await closed;
  }

  onIdentified(stream: XdsStream): void {
    if (stream.node === undefined) return;
    const { id } = stream.node;
    if (this.#proxies.attach(id, stream)) this.#tellDemand(id, 'wanted');
  }

  onResponse(stream: XdsStream, response: Response): void {
    this.#responses += 1;
    const opened = this.#opened.get(stream);
    if (opened !== undefined) this.ledger.sent(opened.rows, response);
  }

  onOutcome(stream: XdsStream, outcome: Outcome): void {
    if (outcome.kind === 'acked') this.#acks += 1;
    if (outcome.kind === 'rejected') this.#nacks += 1;
    const opened = this.#opened.get(stream);
    if (opened === undefined) {
      this.#early.set(stream, [...(this.#early.get(stream) ?? []), outcome]);
      return;
    }
    const { proxyId, rows } = opened;
    const isNews = this.ledger.learned(proxyId, rows, outcome);
    if (!isNews || outcome.kind !== 'rejected') return;
    const { typeUrl, reason, revision } = outcome;
    const resources = outcome.resources.map(({ name }) => name);
    this.#options.onNack?.({ proxyId, typeUrl, resources, reason, revision });
  }

  onMoved(stream: XdsStream): void {
    const opened = this.#opened.get(stream);
    if (opened !== undefined) this.ledger.changed(opened.proxyId);
  }

  onClosed(stream: XdsStream): void {
    this.#streams.delete(stream);
    this.#close(stream);
    const id = stream.node?.id;
    if (id !== undefined && this.#proxies.detach(id, stream)) this.#tellDemand(id, 'unwanted');
  }

  #tellDemand(proxyId: string, demand: 'wanted' | 'unwanted'): void {
    for (const callback of this.#demandCallbacks) callback(proxyId, demand);
  }

  #close(stream: XdsStream): void {
    const proxyId = this.#opened.get(stream)?.proxyId;
    if (proxyId === undefined) return;
    this.#opened.delete(stream);
    this.ledger.closed(proxyId, stream);
    this.ledger.changed(proxyId);
    for (const callback of this.#callbacks) callback(proxyId, 'closed');
  }

  #open(proxyId: string, stream: XdsStream): void {
    if (stream.node === undefined) return;
    const rows = this.ledger.opened(proxyId, stream);
    this.#opened.set(stream, { proxyId, rows });
    for (const outcome of this.#early.get(stream) ?? []) {
      this.ledger.learned(proxyId, rows, outcome);
    }
    this.#early.delete(stream);
    this.ledger.changed(proxyId);
    for (const callback of this.#callbacks) callback(proxyId, 'opened');
  }

  #route(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const path = headers[':path'] ?? '';
    const variant = variants.get(path);
    if (variant !== undefined) this.#accept(variant, stream, headers);
    else if (this.#options.routes?.(stream, headers) === true) return;
    else if (!isGrpc(headers)) refuseHttp(stream, 404);
    else refuseCall(stream, { code: 'UNIMPLEMENTED', message: `${path} is not served here` });
  }

  #accept(
    variant: 'delta' | 'sotw',
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
  ): void {
    const xds = new XdsStream(variant, this);
    const call = acceptCall(stream, headers, this.#limits.maxMessageBytes, xds);
    if (call === undefined) return;
    xds.attach(call);
    this.#streams.add(xds);
  }

  #sweep(): void {
    const now = this.now();
    const { stallMs, registrationMs } = this.#limits;
    for (const stream of this.#streams) {
      const { blockedSince, waitingSince, node } = stream;
      if (blockedSince !== undefined && now - blockedSince > stallMs) {
        stream.close(stalled(stallMs));
      } else if (waitingSince !== undefined && now - waitingSince > registrationMs) {
        stream.close(node === undefined ? silent(registrationMs) : notRegistered(node.id));
      }
    }
  }
}

function notRegistered(proxyId: string): Status {
  return { code: 'NOT_FOUND', message: `proxy "${proxyId}" is not registered` };
}

function silent(ms: number): Status {
  return { code: 'INVALID_ARGUMENT', message: `no request came within ${ms} ms` };
}

function stalled(ms: number): Status {
  return { code: 'RESOURCE_EXHAUSTED', message: `nothing was read for ${ms} ms` };
}
