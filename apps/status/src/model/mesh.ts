import type { HistoryItem } from '@chancery/mesh-api/v1/changes';
import type { Proxy as MeshProxy } from '@chancery/mesh-api/v1/proxies';
import type {
  CertificateRow,
  IntentionRow,
  Overview,
  ServiceRow,
  WatchResponse,
} from '@chancery/mesh-api/v1/status';
import { milliseconds } from './time.ts';

/** The mesh as far as an agent has told it. A value: what comes in makes a new one. */
export interface Mesh {
  readonly revision: bigint;
  /** When the agent said something last, by its clock. */
  readonly at: number | undefined;
  readonly overview: Overview | undefined;
  readonly proxies: ReadonlyMap<string, MeshProxy>;
  readonly services: ReadonlyMap<string, ServiceRow>;
  readonly intentions: ReadonlyMap<string, IntentionRow>;
  readonly certificates: ReadonlyMap<string, CertificateRow>;
  /** Newest first. */
  readonly history: readonly HistoryItem[];
  /** Whether all of the present state has come. */
  readonly complete: boolean;
}

/** Before the agent has said anything. */
export const emptyMesh: Mesh = {
  revision: 0n,
  at: undefined,
  overview: undefined,
  proxies: new Map(),
  services: new Map(),
  intentions: new Map(),
  certificates: new Map(),
  history: [],
  complete: false,
};

/** What is kept of the history; more is asked for when it is wanted. */
const mostHistory = 1000;

/** The mesh after one more message. */
export function applyMessage(mesh: Mesh, { revision, at, part }: WatchResponse): Mesh {
  const next: Mesh = {
    ...mesh,
    revision: revision > mesh.revision ? revision : mesh.revision,
    at: at === undefined ? mesh.at : milliseconds(at),
  };
  switch (part.case) {
    case 'overview':
      return { ...next, overview: part.value };
    case 'proxies':
      return { ...next, proxies: changed(mesh.proxies, part.value, ({ id }) => id) };
    case 'services':
      return { ...next, services: changed(mesh.services, part.value, ({ name }) => name) };
    case 'intentions':
      return { ...next, intentions: changed(mesh.intentions, part.value, intentionId) };
    case 'certificates':
      return { ...next, certificates: changed(mesh.certificates, part.value, ({ id }) => id) };
    case 'history':
      return { ...next, history: withItems(mesh.history, part.value.items) };
    case 'complete':
      return { ...next, complete: true };
    default:
      return next;
  }
}

/** What an intention is known by: `web => db`. */
export function intentionId({
  source,
  destination,
}: {
  readonly source: string;
  readonly destination: string;
}): string {
  return `${source} => ${destination}`;
}

function changed<Row>(
  rows: ReadonlyMap<string, Row>,
  update: { readonly changed: readonly Row[]; readonly removed: readonly string[] },
  id: (row: Row) => string,
): ReadonlyMap<string, Row> {
  const next = new Map(rows);
  for (const key of update.removed) next.delete(key);
  for (const row of update.changed) next.set(id(row), row);
  return next;
}

/** The items with those that came, each once, newest first. */
function withItems(
  history: readonly HistoryItem[],
  items: readonly HistoryItem[],
): readonly HistoryItem[] {
  const came = new Set(items.map(({ revision }) => revision));
  const all = [...items, ...history.filter(({ revision }) => !came.has(revision))];
  return all.sort((a, b) => Number(b.revision - a.revision)).slice(0, mostHistory);
}
