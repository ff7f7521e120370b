import type { Outcome, Response } from '../protocol/event.ts';
import type { Resource } from '../resource.ts';
import type { LedgerProxy, LedgerResource, LedgerState, LedgerType } from './ledger-entry.ts';
import { type LedgerStream, StreamRows } from './stream-rows.ts';
import {
  isKnown,
  pendingOf,
  resourceEntry,
  type Side,
  typeEntry,
  typeState,
} from './type-entry.ts';

/** Told of a proxy of which the ledger says something else now. */
export type LedgerCallback = (proxyId: string) => void;

interface ProxyRows {
  userAgent: string;
  /** The streams that are open; while none is, the last one that was. */
  sides: readonly Side[];
}

/** The book of what each proxy was sent and what it said to it. Rows live as long as their proxy is published. */
export class Ledger {
  readonly #now: () => number;
  readonly #proxies = new Map<string, ProxyRows>();
  readonly #callbacks = new Set<LedgerCallback>();
  /** Until something changes: figures are read one by one, and counting looks at every proxy. */
  #states: ReadonlyMap<string, Readonly<Record<LedgerState, number>>> | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Every proxy, as plain values that do not change any more. */
  snapshot(): readonly LedgerProxy[] {
    return [...this.#proxies].map(([proxyId, rows]) => proxyEntry(proxyId, rows));
  }

  /** One proxy, or `undefined` if it was never seen or is withdrawn. */
  proxy(proxyId: string): LedgerProxy | undefined {
    const rows = this.#proxies.get(proxyId);
    return rows === undefined ? undefined : proxyEntry(proxyId, rows);
  }

  /** One resource at a proxy, found without putting together all of the proxy; `undefined` if nothing is known of it there. */
  resource(proxyId: string, typeUrl: string, name: string): LedgerResource | undefined {
    const sides = this.#sides(proxyId);
    if (!sides.some((side) => isKnown(typeUrl, name, side))) return undefined;
    return resourceEntry(typeUrl, name, sides);
  }

  /** One type at a proxy; `undefined` if it never asked for it. */
  type(proxyId: string, typeUrl: string): LedgerType | undefined {
    const sides = this.#sides(proxyId);
    return Iterator.from(typesOf(sides)).some((asked) => asked === typeUrl)
      ? typeEntry(typeUrl, sides)
      : undefined;
  }

  /** How many streams of a proxy are open. */
  streams(proxyId: string): number {
    return openOf(this.#sides(proxyId)).length;
  }

  /** Whether a stream of a proxy asks for a name, by itself or with all others of its type. */
  isAsked(proxyId: string, typeUrl: string, name: string): boolean {
    return openOf(this.#sides(proxyId)).some(({ progress }) => progress.isAsked(typeUrl, name));
  }

  /** The content of a resource that a proxy took last, where it is still kept: it is while the stream lasts that it came on. */
  taken(proxyId: string, typeUrl: string, name: string): Resource | undefined {
    for (const { progress } of openOf(this.#sides(proxyId))) {
      const resource = progress.taken(typeUrl, name);
      if (resource !== undefined) return resource;
    }
    return undefined;
  }

  /** How many proxies are in which state, by the type that they ask for. */
  states(): ReadonlyMap<string, Readonly<Record<LedgerState, number>>> {
    this.#states ??= this.#counted();
    return this.#states;
  }

  #counted(): ReadonlyMap<string, Readonly<Record<LedgerState, number>>> {
    const states = new Map<string, Record<LedgerState, number>>();
    for (const { sides } of this.#proxies.values()) {
      for (const typeUrl of typesOf(sides)) {
        const counts = states.get(typeUrl) ?? { synced: 0, pending: 0, rejected: 0 };
        counts[typeState(typeUrl, sides)] += 1;
        states.set(typeUrl, counts);
      }
    }
    return states;
  }

  /** Since when the longest has been pending that is; `undefined` while nothing is. */
  oldestPending(): number | undefined {
    let oldest: number | undefined;
    for (const { sides } of this.#proxies.values()) {
      for (const typeUrl of typesOf(sides)) {
        const since = pendingOf(typeUrl, sides);
        if (since !== undefined) oldest = Math.min(oldest ?? since, since);
      }
    }
    return oldest;
  }

  /**
   * Calls back when what is known of a proxy changed: a stream, a response, an answer, what is published.
   * At once and each time, so a callback has to be cheap. Returns what ends that.
   */
  onChange(callback: LedgerCallback): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  /** For the server: something changed of a proxy, and all of it is written down. */
  changed(proxyId: string): void {
    this.#states = undefined;
    for (const callback of this.#callbacks) callback(proxyId);
  }

  /** For the server: a stream of a published proxy begins. Gives what is to be told of it. */
  opened(proxyId: string, stream: LedgerStream): StreamRows {
    const proxy = this.#rows(proxyId);
    const open = proxy.sides.filter((side) => side.stream !== undefined);
    const before = open.length === 0 ? proxy.sides[0]?.rows : undefined;
    const rows = new StreamRows(this.#now(), before);
    proxy.sides = [...open, { stream, rows }];
    proxy.userAgent = stream.node?.userAgent ?? '';
    return rows;
  }

  /** For the server: a stream ends. */
  closed(proxyId: string, stream: LedgerStream): void {
    const proxy = this.#proxies.get(proxyId);
    const side = proxy?.sides.find((each) => each.stream === stream);
    if (proxy === undefined || side === undefined) return;
    const others = proxy.sides.filter((each) => each !== side);
    if (others.length === 0) side.rows.end((...of) => stream.progress.desiredHash(...of));
    proxy.sides = others.length > 0 ? others : [{ stream: undefined, rows: side.rows }];
  }

  /** For the server: nothing is published for the proxy any more. */
  forget(proxyId: string): void {
    this.#proxies.delete(proxyId);
  }

  /** For the server: a response left. */
  sent(rows: StreamRows, response: Response): void {
    rows.sent(response, this.#now());
  }

  /** For the server: a stream learned something. True if it is a rejection that was not known yet. */
  learned(proxyId: string, rows: StreamRows, outcome: Outcome): boolean {
    const isNews = outcome.kind === 'rejected' && !this.#knows(proxyId, outcome);
    rows.learned(outcome, this.#now());
    return isNews;
  }

  #knows(proxyId: string, outcome: Outcome & { readonly kind: 'rejected' }): boolean {
    return this.#sides(proxyId).some(({ rows }) => rows.knows(outcome));
  }

  #sides(proxyId: string): readonly Side[] {
    return this.#proxies.get(proxyId)?.sides ?? [];
  }

  #rows(proxyId: string): ProxyRows {
    let rows = this.#proxies.get(proxyId);
    if (rows === undefined) {
      rows = { userAgent: '', sides: [] };
      this.#proxies.set(proxyId, rows);
    }
    return rows;
  }
}

function proxyEntry(proxyId: string, { userAgent, sides }: ProxyRows): LedgerProxy {
  const open = sides.filter(({ stream }) => stream !== undefined);
  const taken = openOf(sides).map(({ progress }) => progress.takenRevision);
  return {
    proxyId,
    streams: open.length,
    since: open.length === 0 ? undefined : Math.min(...open.map(({ rows }) => rows.since)),
    userAgent,
    acknowledgedRevision: taken.length === 0 ? 0 : Math.min(...taken),
    types: [...typesOf(sides)].map((typeUrl) => typeEntry(typeUrl, sides)),
  };
}

function openOf(sides: readonly Side[]): readonly LedgerStream[] {
  return sides.flatMap(({ stream }) => stream ?? []);
}

/** What is asked for, and what there are rows of: a client that gave something up had it. */
function typesOf(sides: readonly Side[]): Iterable<string> {
  const [only, ...others] = sides;
  if (only === undefined) return [];
  if (others.length === 0) return typesOfOne(only);
  return new Set(sides.flatMap((side) => [...typesOfOne(side)]));
}

function typesOfOne({ stream, rows }: Side): Iterable<string> {
  return stream === undefined ? rows.types.keys() : stream.progress.askedTypes();
}
