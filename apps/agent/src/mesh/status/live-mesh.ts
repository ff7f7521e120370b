import type {
  CertificateSummary,
  HistoryItem,
  IntentionSummary,
  MeshOverview,
  ProxyState,
  ServiceSummary,
  StatusPart,
  StatusSection,
} from '@chancery/mesh-api';
import type { LiveRows } from './live-rows.ts';

/** A section that is kept current while it is watched. */
export interface LiveSection {
  readonly rows: Pick<LiveRows<unknown>, 'ready' | 'keys' | 'watch'>;
  /** What a watcher is told of the rows with some keys: as they are now, or that they are gone. Nothing where that is no news. */
  readonly part: (keys: readonly string[]) => StatusPart | undefined;
}

/** Every section of the mesh. */
export type LiveMesh = Readonly<Record<StatusSection, LiveSection>>;

/** The rows that the sections are made of. */
export interface MeshRows {
  /** One row. */
  readonly overview: LiveRows<MeshOverview>;
  readonly proxies: LiveRows<ProxyState>;
  readonly services: LiveRows<ServiceSummary>;
  readonly intentions: LiveRows<IntentionSummary>;
  readonly certificates: LiveRows<CertificateSummary>;
  readonly history: LiveRows<HistoryItem>;
}

/** The key of the one row that the overview is. */
export const overviewKey = 'overview';

/** The sections over their rows. */
export function liveMesh(rows: MeshRows): LiveMesh {
  const { overview, proxies, services, intentions, certificates, history } = rows;
  return {
    overview: {
      rows: overview,
      part: () => {
        const row = overview.get(overviewKey);
        return row && { kind: 'overview', overview: row };
      },
    },
    proxies: {
      rows: proxies,
      part: (keys) => ({ kind: 'proxies', ...rowsAt(proxies, keys) }),
    },
    services: {
      rows: services,
      part: (keys) => ({ kind: 'services', ...rowsAt(services, keys) }),
    },
    intentions: {
      rows: intentions,
      part: (keys) => ({ kind: 'intentions', ...rowsAt(intentions, keys) }),
    },
    certificates: {
      rows: certificates,
      part: (keys) => ({ kind: 'certificates', ...rowsAt(certificates, keys) }),
    },
    history: {
      rows: history,
      part: (keys) => {
        const items = newestFirst(rowsAt(history, keys).changed);
        return items.length > 0 ? { kind: 'history', items } : undefined;
      },
    },
  };
}

function rowsAt<Row>(
  rows: LiveRows<Row>,
  keys: readonly string[],
): { readonly changed: readonly Row[]; readonly removed: readonly string[] } {
  const changed: Row[] = [];
  const removed: string[] = [];
  for (const key of keys) {
    const row = rows.get(key);
    if (row === undefined) removed.push(key);
    else changed.push(row);
  }
  return { changed, removed };
}

function newestFirst(items: readonly HistoryItem[]): readonly HistoryItem[] {
  return items.toSorted((a, b) => b.revision - a.revision);
}
