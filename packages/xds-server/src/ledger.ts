import type { NodeIdentity } from './codec/decode-request.ts';
import type { Outcome, Response } from './protocol/event.ts';
import { contentHash } from './protocol/version.ts';

/** A resource as it was sent, taken or rejected. */
export interface LedgerMark {
  readonly hash: string;
  /** Revision of the manifest it was sent from; `undefined` if the client had it when it came. */
  readonly revision: number | undefined;
  /** Milliseconds of the clock that the server was given. */
  readonly at: number;
}

/** A rejection; the reason is the client's, word for word. */
export interface LedgerRejection extends LedgerMark {
  readonly reason: string;
}

/** What is known of one resource at one proxy. */
export interface LedgerResource {
  readonly name: string;
  readonly sent: LedgerMark | undefined;
  readonly acked: LedgerMark | undefined;
  /** Stays until the resource changes. */
  readonly nacked: LedgerRejection | undefined;
}

/** How a proxy stands to what it was sent of a type. */
export type LedgerState = 'synced' | 'pending' | 'rejected';

/** What is known of one type at one proxy. */
export interface LedgerType {
  readonly typeUrl: string;
  /** `pending`: something was sent and is not answered yet. */
  readonly state: LedgerState;
  readonly lastNack: LedgerRejectedResponse | undefined;
  readonly resources: readonly LedgerResource[];
}

/** The last response of a type that was rejected, even if the reason named none of its resources. */
export interface LedgerRejectedResponse {
  readonly reason: string;
  readonly revision: number;
  readonly at: number;
}

/** What is known of one proxy. */
export interface LedgerProxy {
  readonly proxyId: string;
  /** Streams that are open now. */
  readonly streams: number;
  /** Program and version of the last client, such as `envoy 1.40.0`. */
  readonly userAgent: string;
  readonly types: readonly LedgerType[];
}

interface Row {
  sent: LedgerMark | undefined;
  acked: LedgerMark | undefined;
  nacked: LedgerRejection | undefined;
}

interface ProxyRows {
  streams: number;
  userAgent: string;
  readonly types: Map<string, TypeRows>;
}

interface TypeRows {
  lastNack: LedgerRejectedResponse | undefined;
  readonly resources: Map<string, Row>;
}

/** The book of what each proxy was sent and what it said to it. Rows live as long as their proxy is published. */
export class Ledger {
  readonly #now: () => number;
  readonly #proxies = new Map<string, ProxyRows>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Every proxy, as plain values that do not change any more. */
  snapshot(): readonly LedgerProxy[] {
    return [...this.#proxies].map(([proxyId, rows]) => proxyOf(proxyId, rows));
  }

  /** One proxy, or `undefined` if it was never seen or is withdrawn. */
  proxy(proxyId: string): LedgerProxy | undefined {
    const rows = this.#proxies.get(proxyId);
    return rows === undefined ? undefined : proxyOf(proxyId, rows);
  }

  /** How many types at proxies are in which state. */
  states(): Readonly<Record<LedgerState, number>> {
    const states = { synced: 0, pending: 0, rejected: 0 };
    for (const { types } of this.#proxies.values()) {
      for (const { resources } of types.values()) states[stateOf(resources.values())] += 1;
    }
    return states;
  }

  /** For the server: a stream of a published proxy begins. */
  opened(proxyId: string, node: NodeIdentity): void {
    const rows = this.#rows(proxyId);
    rows.streams += 1;
    rows.userAgent = node.userAgent;
  }

  /** For the server: a stream ends. What was sent on it and not answered is as if it were never sent. */
  closed(proxyId: string): void {
    const rows = this.#proxies.get(proxyId);
    if (rows === undefined) return;
    rows.streams -= 1;
    if (rows.streams > 0) return;
    for (const type of rows.types.values()) {
      for (const row of type.resources.values()) row.sent = row.acked;
    }
  }

  /** For the server: nothing is published for the proxy any more. */
  forget(proxyId: string): void {
    this.#proxies.delete(proxyId);
  }

  /** For the server: a response left. */
  sent(proxyId: string, { typeUrl, revision, changed }: Response): void {
    const rows = this.#typeRows(proxyId, typeUrl);
    const at = this.#now();
    for (const { name, hash: version } of changed) {
      const hash = contentHash(version);
      const row = rowOf(rows, name);
      row.sent = { hash, revision, at };
      if (row.nacked?.hash !== hash) row.nacked = undefined;
    }
  }

  /** For the server: a stream learned something. True if it is a rejection that was not known yet. */
  learned(proxyId: string, outcome: Outcome): boolean {
    const rows = this.#typeRows(proxyId, outcome.typeUrl);
    switch (outcome.kind) {
      case 'held':
        for (const it of outcome.resources) this.#acked(rows, it.name, it.hash, undefined);
        return false;
      case 'acked':
        for (const it of outcome.resources) {
          this.#acked(rows, it.name, it.hash, outcome.revision);
        }
        for (const name of outcome.removed) rows.resources.delete(name);
        return false;
      case 'unsubscribed':
        for (const name of outcome.names) rows.resources.delete(name);
        return false;
      case 'rejected':
        return this.#rejected(rows, outcome);
    }
  }

  #acked(rows: TypeRows, name: string, hash: string, revision: number | undefined): void {
    const row = rowOf(rows, name);
    row.acked = { hash, revision, at: this.#now() };
    row.sent ??= row.acked;
    row.nacked = undefined;
  }

  #rejected(rows: TypeRows, outcome: Outcome & { readonly kind: 'rejected' }): boolean {
    const { reason, revision } = outcome;
    const at = this.#now();
    const known = rows.lastNack?.reason === reason && rows.lastNack.revision === revision;
    let news = outcome.resources.length === 0 && !known;
    for (const { name, hash } of outcome.resources) {
      const row = rowOf(rows, name);
      news ||= row.nacked?.hash !== hash || row.nacked.reason !== reason;
      row.nacked = { hash, revision, at, reason };
    }
    rows.lastNack = { reason, revision, at };
    return news;
  }

  #rows(proxyId: string): ProxyRows {
    let rows = this.#proxies.get(proxyId);
    if (rows === undefined) {
      rows = { streams: 0, userAgent: '', types: new Map() };
      this.#proxies.set(proxyId, rows);
    }
    return rows;
  }

  #typeRows(proxyId: string, typeUrl: string): TypeRows {
    const { types } = this.#rows(proxyId);
    let rows = types.get(typeUrl);
    if (rows === undefined) {
      rows = { lastNack: undefined, resources: new Map() };
      types.set(typeUrl, rows);
    }
    return rows;
  }
}

function rowOf(rows: TypeRows, name: string): Row {
  let row = rows.resources.get(name);
  if (row === undefined) {
    row = { sent: undefined, acked: undefined, nacked: undefined };
    rows.resources.set(name, row);
  }
  return row;
}

function proxyOf(proxyId: string, { streams, userAgent, types }: ProxyRows): LedgerProxy {
  return { proxyId, streams, userAgent, types: [...types].map(([url, rows]) => typeOf(url, rows)) };
}

function typeOf(typeUrl: string, { lastNack, resources }: TypeRows): LedgerType {
  const rows = [...resources].map(([name, row]) => ({ name, ...row }));
  return { typeUrl, state: stateOf(resources.values()), lastNack, resources: rows };
}

function stateOf(rows: Iterable<Row>): LedgerState {
  let state: LedgerState = 'synced';
  for (const { nacked, sent, acked } of rows) {
    if (nacked !== undefined) state = 'rejected';
    else if (sent?.hash !== acked?.hash) return 'pending';
  }
  return state;
}
