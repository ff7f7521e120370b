import type { Outcome, Response } from '../protocol/event.ts';
import type { Resource } from '../resource.ts';
import type { LedgerProxy, LedgerResource, LedgerState, LedgerType } from './ledger-entry.ts';
import { type LedgerStream, StreamRows } from './stream-rows.ts';
import { pendingOf, resourceEntry, type Side, typeEntry, typeState } from './type-entry.ts';

/** Told of a proxy of which the ledger says something else now. */
export type LedgerCallback = (proxyId: string) => void;

interface ProxyRows {
  userAgent: string;
  readonly open: Map<LedgerStream, StreamRows>;
  /** The rows of the last stream, while none is open. */
  ended: StreamRows | undefined;
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
    const rows = this.#proxies.get(proxyId);
    if (rows === undefined) return undefined;
    const sides = sidesOf(rows);
    const isKnown = sides.some(({ rows: { types } }) => types.get(typeUrl)?.resources.has(name));
    return isKnown ? resourceEntry(typeUrl, name, sides) : undefined;
  }

  /** One type at a proxy; `undefined` if it never asked for it. */
  type(proxyId: string, typeUrl: string): LedgerType | undefined {
    const rows = this.#proxies.get(proxyId);
    const sides = rows === undefined ? [] : sidesOf(rows);
    return typesOf(sides).has(typeUrl) ? typeEntry(typeUrl, sides) : undefined;
  }

  /** How many streams of a proxy are open. */
  streams(proxyId: string): number {
    return this.#proxies.get(proxyId)?.open.size ?? 0;
  }

  /** Whether a stream of a proxy asks for a name, by itself or with all others of its type. */
  isAsked(proxyId: string, typeUrl: string, name: string): boolean {
    const streams = this.#proxies.get(proxyId)?.open.keys() ?? [];
    return Iterator.from(streams).some(({ progress }) => progress.isAsked(typeUrl, name));
  }

  /** The content of a resource that a proxy took last, where it is still kept: it is while the stream lasts that it came on. */
  taken(proxyId: string, typeUrl: string, name: string): Resource | undefined {
    const streams = this.#proxies.get(proxyId)?.open.keys() ?? [];
    return Iterator.from(streams)
      .map(({ progress }) => progress.taken(typeUrl, name))
      .find((resource) => resource !== undefined);
  }

  /** How many proxies are in which state, by the type that they ask for. */
  states(): ReadonlyMap<string, Readonly<Record<LedgerState, number>>> {
    this.#states ??= this.#counted();
    return this.#states;
  }

  #counted(): ReadonlyMap<string, Readonly<Record<LedgerState, number>>> {
    const states = new Map<string, Record<LedgerState, number>>();
    for (const rows of this.#proxies.values()) {
      const sides = sidesOf(rows);
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
    for (const rows of this.#proxies.values()) {
      const sides = sidesOf(rows);
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
    const rows = new StreamRows(this.#now(), proxy.ended);
    proxy.open.set(stream, rows);
    proxy.ended = undefined;
    proxy.userAgent = stream.node?.userAgent ?? '';
    return rows;
  }

  /** For the server: a stream ends. */
  closed(proxyId: string, stream: LedgerStream): void {
    const rows = this.#proxies.get(proxyId);
    const ended = rows?.open.get(stream);
    if (rows === undefined || ended === undefined) return;
    rows.open.delete(stream);
    if (rows.open.size > 0) return;
    ended.end();
    rows.ended = ended;
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
    const open = this.#proxies.get(proxyId)?.open.values() ?? [];
    return Iterator.from(open).some((rows) => rows.knows(outcome));
  }

  #rows(proxyId: string): ProxyRows {
    let rows = this.#proxies.get(proxyId);
    if (rows === undefined) {
      rows = { userAgent: '', open: new Map(), ended: undefined };
      this.#proxies.set(proxyId, rows);
    }
    return rows;
  }
}

function proxyEntry(proxyId: string, rows: ProxyRows): LedgerProxy {
  const sides = sidesOf(rows);
  const open = [...rows.open];
  const taken = open.map(([{ progress }]) => progress.takenRevision);
  return {
    proxyId,
    streams: open.length,
    since: open.length === 0 ? undefined : Math.min(...open.map(([, { since }]) => since)),
    userAgent: rows.userAgent,
    acknowledgedRevision: taken.length === 0 ? 0 : Math.min(...taken),
    types: [...typesOf(sides)].map((typeUrl) => typeEntry(typeUrl, sides)),
  };
}

function sidesOf({ open, ended }: ProxyRows): readonly Side[] {
  if (ended !== undefined) return [{ stream: undefined, rows: ended }];
  return [...open].map(([stream, rows]) => ({ stream, rows }));
}

/** What is asked for, and what there are rows of: a client that gave something up had it. */
function typesOf(sides: readonly Side[]): ReadonlySet<string> {
  return new Set(
    sides.flatMap(({ stream, rows }) => [
      ...(stream?.progress.askedTypes() ?? []),
      ...(stream === undefined ? rows.types.keys() : []),
    ]),
  );
}
