import { protocolRules } from '../codec/protocol-rules.ts';
import { setVersion } from '../protocol/set-version.ts';
import type {
  LedgerMark,
  LedgerRejection,
  LedgerResource,
  LedgerState,
  LedgerType,
} from './ledger-entry.ts';
import type { LedgerStream, Row, StreamRows } from './stream-rows.ts';

/** The rows of a stream that is open, or of the last one that was. */
export interface Side {
  readonly stream: LedgerStream | undefined;
  readonly rows: StreamRows;
}

/** One type at a proxy, over all of its streams. */
export function typeEntry(typeUrl: string, sides: readonly Side[]): LedgerType {
  const types = sides.flatMap(({ rows }) => rows.types.get(typeUrl) ?? []);
  const resources = namesOf(typeUrl, sides).map((name) => resourceEntry(typeUrl, name, sides));
  const versionSent = versionOf(resources, ({ sent }) => sent);
  // Nearly always all is acknowledged, and a hash takes longer than to see that.
  const isSame = resources.every(({ sent, acked }) => sent?.hash === acked?.hash);
  return {
    typeUrl,
    state: typeState(typeUrl, sides),
    pendingSince: pendingOf(typeUrl, sides),
    versionSent,
    versionAcked: isSame ? versionSent : versionOf(resources, ({ acked }) => acked),
    sentAt: latest(types.map(({ sentAt }) => sentAt)),
    ackedAt: latest(types.map(({ ackedAt }) => ackedAt)),
    lastNack: types.map(({ lastNack }) => lastNack).reduce((a, b) => later(a, b), undefined),
    resources,
  };
}

/** One resource at a proxy, over all of its streams. */
export function resourceEntry(
  typeUrl: string,
  name: string,
  sides: readonly Side[],
): LedgerResource {
  const [only] = sides;
  if (only !== undefined && sides.length === 1) return entryOfOne(typeUrl, name, only);
  const rows = sides.flatMap(
    ({ rows: { types } }) => types.get(typeUrl)?.resources.get(name) ?? [],
  );
  return {
    name,
    state: resourceState(typeUrl, name, sides),
    sent: rows.map(({ sent }) => sent).reduce((a, b) => later(a, b), undefined),
    acked: ackedByAll(rows),
    nacked: sides
      .map((side) => standingRejection(typeUrl, name, side))
      .reduce((a, b) => later(a, b), undefined),
  };
}

/** The same for the usual case, which may have to be looked at for thousands of proxies. */
function entryOfOne(typeUrl: string, name: string, side: Side): LedgerResource {
  const row = side.rows.types.get(typeUrl)?.resources.get(name);
  const nacked = standingRejection(typeUrl, name, side);
  const isOpen = side.stream?.progress.isUnsettled(typeUrl, name) === true;
  const state = nacked !== undefined ? 'rejected' : isOpen ? 'pending' : 'synced';
  return { name, state, sent: row?.sent, acked: row?.acked, nacked };
}

/** The state of a type; what is rejected is so whatever else is on its way. */
export function typeState(typeUrl: string, sides: readonly Side[]): LedgerState {
  let isOpen = false;
  for (const side of sides) {
    if (isRejected(typeUrl, side)) return 'rejected';
    isOpen ||= side.stream?.progress.openIn(typeUrl) !== undefined;
  }
  return isOpen ? 'pending' : 'synced';
}

/** Since when a type is pending on the stream where it is longest. */
export function pendingOf(typeUrl: string, sides: readonly Side[]): number | undefined {
  return earliest(sides.map((side) => pendingSince(typeUrl, side)));
}

/** From when a response was sent until it is answered; of what is due, from when it came, or the stream. */
function pendingSince(typeUrl: string, { stream, rows }: Side): number | undefined {
  switch (stream?.progress.openIn(typeUrl)) {
    case 'sent':
      return rows.types.get(typeUrl)?.sentAt;
    case 'due':
      return stream?.progress.dueSince ?? rows.since;
    case undefined:
      return undefined;
  }
}

function isRejected(typeUrl: string, side: Side): boolean {
  const type = side.rows.types.get(typeUrl);
  if (type === undefined) return false;
  if (type.unresolved !== undefined) return true;
  for (const name of type.rejections?.keys() ?? []) {
    if (standingRejection(typeUrl, name, side) !== undefined) return true;
  }
  return false;
}

function resourceState(typeUrl: string, name: string, sides: readonly Side[]): LedgerState {
  if (sides.some((side) => standingRejection(typeUrl, name, side) !== undefined)) return 'rejected';
  const isOpen = sides.some(({ stream }) => stream?.progress.isUnsettled(typeUrl, name));
  return isOpen ? 'pending' : 'synced';
}

/** A rejection stands for as long as the client asks for what it rejected and is to have it. */
function standingRejection(
  typeUrl: string,
  name: string,
  { stream, rows }: Side,
): LedgerRejection | undefined {
  const rejected = rows.types.get(typeUrl)?.rejections?.get(name);
  if (rejected === undefined || stream === undefined) return rejected?.at(-1);
  if (!stream.progress.isAsked(typeUrl, name)) return undefined;
  const desired = stream.progress.desiredHash(typeUrl, name);
  return rejected.find(({ hash }) => hash === desired);
}

/** What one stream has taken and another has not is not taken. */
function ackedByAll(rows: readonly Row[]): LedgerMark | undefined {
  const [first, ...others] = rows.map(({ acked }) => acked);
  if (others.some((acked) => acked?.hash !== first?.hash)) return undefined;
  return others.reduce((a, b) => later(a, b), first);
}

function namesOf(typeUrl: string, sides: readonly Side[]): readonly string[] {
  return [...new Set(sides.flatMap((side) => namesOfOne(typeUrl, side)))];
}

/** A name that was removed and is rejected as it came back has no row. */
function namesOfOne(typeUrl: string, side: Side): readonly string[] {
  const type = side.rows.types.get(typeUrl);
  if (type === undefined) return [];
  const names = [...type.resources.keys()];
  if (type.rejections === undefined) return names;
  const rejected = [...type.rejections.keys()].filter((name) => !type.resources.has(name));
  return [...names, ...rejected.filter((name) => standingRejection(typeUrl, name, side))];
}

/** Whether there is anything to be said of a name. */
export function isKnown(typeUrl: string, name: string, side: Side): boolean {
  const hasRow = side.rows.types.get(typeUrl)?.resources.has(name) === true;
  return hasRow || standingRejection(typeUrl, name, side) !== undefined;
}

function versionOf(
  resources: readonly LedgerResource[],
  markOf: (resource: LedgerResource) => LedgerMark | undefined,
): string {
  const marks = resources.flatMap((resource) => {
    const mark = markOf(resource);
    return mark === undefined ? [] : [[resource.name, { hash: mark.hash }] as const];
  });
  return marks.length === 0 ? '' : setVersion(new Map(marks), protocolRules.digest);
}

function later<Mark extends { readonly at: number }>(
  a: Mark | undefined,
  b: Mark | undefined,
): Mark | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.at >= a.at ? b : a;
}

function latest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
