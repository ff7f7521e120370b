import type { NodeIdentity } from '../codec/decode-request.ts';
import type { Progress } from '../progress.ts';
import { REMEMBERED_REJECTIONS } from '../protocol/acknowledgement.ts';
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
  /**
   * What was rejected of a name, oldest first, each content once. Kept by itself, because nearly always there is none,
   * and for as long as the stream: what it rejected once it is not sent again, even after other content or none.
   */
  rejections: Map<string, readonly LedgerRejection[]> | undefined;
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
      if (rejections !== undefined) rows.rejections = new Map(rejections);
    }
  }

  /** A response left. */
  sent({ typeUrl, revision, changed }: Response, at: number): void {
    const rows = this.#typeRows(typeUrl);
    rows.sentAt = at;
    for (const { name, hash: version } of changed) {
      const hash = contentHash(version);
      rowOf(rows, name).sent = { hash, revision, at };
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
        for (const name of removed) rows.resources.delete(name);
        return;
      }
      case 'unsubscribed':
        for (const name of outcome.names) rows.resources.delete(name);
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
      const known = rows.rejections?.get(name)?.find((rejection) => rejection.hash === hash);
      return known?.reason === reason;
    });
  }

  /**
   * The stream ended: what was sent on it and not answered is as if it were never sent, and of what was rejected that
   * alone counts which it was to have.
   */
  end(desiredHash: (typeUrl: string, name: string) => string | undefined): void {
    for (const [typeUrl, { resources, rejections }] of this.types) {
      for (const row of resources.values()) row.sent = row.acked;
      for (const [name, rejected] of rejections ?? []) {
        const hash = desiredHash(typeUrl, name);
        const standing = rejected.filter((rejection) => rejection.hash === hash);
        if (standing.length > 0) rejections?.set(name, standing);
        else rejections?.delete(name);
      }
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
        rejections: undefined,
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
  // What was rejected on the stream before may be taken on this one.
  const rejected = rows.rejections?.get(name);
  if (rejected !== undefined) rows.rejections?.set(name, without(rejected, mark.hash));
}

function reject(rows: TypeRows, name: string, rejection: LedgerRejection): void {
  rowOf(rows, name);
  rows.rejections ??= new Map();
  const others = without(rows.rejections.get(name) ?? [], rejection.hash);
  rows.rejections.set(name, [...others, rejection].slice(-REMEMBERED_REJECTIONS));
}

function without(rejected: readonly LedgerRejection[], hash: string): readonly LedgerRejection[] {
  return rejected.filter((rejection) => rejection.hash !== hash);
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
