import type { NodeIdentity } from '../codec/decode-request.ts';
import type { Progress } from '../progress.ts';
import type { Outcome, Response } from '../protocol/event.ts';
import { contentHash } from '../protocol/version.ts';
import type { LedgerMark, LedgerRejectedResponse, LedgerRejection } from './ledger-entry.ts';

/** What the ledger reads of an open stream. */
export interface LedgerStream {
  readonly node: NodeIdentity | undefined;
  readonly progress: Progress;
}

/** One resource on one stream. */
export interface Row {
  sent: LedgerMark | undefined;
  acked: LedgerMark | undefined;
}

/** One type on one stream. */
export interface TypeRows {
  sentAt: number | undefined;
  ackedAt: number | undefined;
  lastNack: LedgerRejectedResponse | undefined;
  /** A rejection that is no resource's, and that nothing was accepted after. */
  unresolved: LedgerRejectedResponse | undefined;
  readonly resources: Map<string, Row>;
  /** Of those resources that were rejected as they are; by themselves, because nearly always there are none. */
  readonly rejections: Map<string, LedgerRejection>;
}

type Rejected = Outcome & { readonly kind: 'rejected' };

/** What was sent on one stream, and what its client said to it. */
export class StreamRows {
  readonly since: number;
  readonly types: Map<string, TypeRows> = new Map();

  /** A new stream is a new chance, but what was rejected on the one before is known. */
  constructor(since: number, before?: StreamRows) {
    this.since = since;
    for (const [typeUrl, { lastNack, rejections }] of before?.types ?? []) {
      const rows = this.#typeRows(typeUrl);
      rows.lastNack = lastNack;
      for (const [name, rejection] of rejections) reject(rows, name, rejection);
    }
  }

  /** A response left. */
  sent({ typeUrl, revision, changed }: Response, at: number): void {
    const rows = this.#typeRows(typeUrl);
    rows.sentAt = at;
    for (const { name, hash: version } of changed) {
      const hash = contentHash(version);
      rowOf(rows, name).sent = { hash, revision, at };
      if (rows.rejections.get(name)?.hash !== hash) rows.rejections.delete(name);
    }
  }

  /** Something was learned of the client. */
  learned(outcome: Outcome, at: number): void {
    const rows = this.#typeRows(outcome.typeUrl);
    switch (outcome.kind) {
      case 'held':
        for (const { name, hash } of outcome.resources) {
          accept(rows, name, { hash, revision: undefined, at });
        }
        return;
      case 'acked': {
        const { revision, resources, removed } = outcome;
        rows.ackedAt = at;
        rows.unresolved = undefined;
        for (const { name, hash } of resources) accept(rows, name, { hash, revision, at });
        for (const name of removed) forget(rows, name);
        return;
      }
      case 'unsubscribed':
        for (const name of outcome.names) forget(rows, name);
        return;
      case 'rejected':
        rejectAll(rows, outcome, at);
    }
  }

  /** Whether a rejection was told before. */
  knows({ typeUrl, reason, revision, resources }: Rejected): boolean {
    const rows = this.types.get(typeUrl);
    if (rows === undefined) return false;
    if (resources.length === 0) {
      return rows.lastNack?.reason === reason && rows.lastNack.revision === revision;
    }
    return resources.every(({ name, hash }) => {
      const rejection = rows.rejections.get(name);
      return rejection?.hash === hash && rejection.reason === reason;
    });
  }

  /** The stream ended: what was sent on it and not answered is as if it were never sent. */
  end(): void {
    for (const type of this.types.values()) {
      for (const row of type.resources.values()) row.sent = row.acked;
    }
  }

  #typeRows(typeUrl: string): TypeRows {
    let rows = this.types.get(typeUrl);
    if (rows === undefined) {
      rows = {
        sentAt: undefined,
        ackedAt: undefined,
        lastNack: undefined,
        unresolved: undefined,
        resources: new Map(),
        rejections: new Map(),
      };
      this.types.set(typeUrl, rows);
    }
    return rows;
  }
}

function accept(rows: TypeRows, name: string, mark: LedgerMark): void {
  const row = rowOf(rows, name);
  row.acked = mark;
  row.sent ??= mark;
  rows.rejections.delete(name);
}

function forget(rows: TypeRows, name: string): void {
  rows.resources.delete(name);
  rows.rejections.delete(name);
}

function reject(rows: TypeRows, name: string, rejection: LedgerRejection): void {
  rowOf(rows, name);
  rows.rejections.set(name, rejection);
}

function rejectAll(rows: TypeRows, outcome: Rejected, at: number): void {
  const { reason, revision, resources, retried } = outcome;
  for (const { name, hash } of resources) reject(rows, name, { hash, revision, at, reason });
  rows.lastNack = { reason, revision, at };
  if (resources.length + retried.length === 0) rows.unresolved = rows.lastNack;
}

function rowOf(rows: TypeRows, name: string): Row {
  let row = rows.resources.get(name);
  if (row === undefined) {
    row = { sent: undefined, acked: undefined };
    rows.resources.set(name, row);
  }
  return row;
}
