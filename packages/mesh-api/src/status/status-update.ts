import type { HistoryItem } from '../changes/change-source.ts';
import type { ProxyState } from '../proxies/proxy-source.ts';

/** A part of the mesh that can be watched by itself. */
export type StatusSection =
  | 'overview'
  | 'proxies'
  | 'services'
  | 'intentions'
  | 'certificates'
  | 'history';

/** Every section, in the order in which they are sent. */
export const statusSections: readonly StatusSection[] = [
  'overview',
  'proxies',
  'services',
  'intentions',
  'certificates',
  'history',
];

/** The mesh in figures. Times in milliseconds since 1970. */
export interface MeshOverview {
  readonly node: string;
  readonly datacenter: string;
  readonly trustDomain: string;
  readonly version: string;
  readonly startedAt: number;
  readonly defaultAction: 'allow' | 'deny';
  /** Services and their instances; sidecars are counted as proxies. */
  readonly services: number;
  readonly instances: number;
  readonly instancesPassing: number;
  readonly instancesWarning: number;
  readonly instancesCritical: number;
  readonly proxies: number;
  readonly proxiesConnected: number;
  readonly typesSynced: number;
  readonly typesPending: number;
  readonly typesRejected: number;
  readonly intentions: number;
  readonly rootExpiresAt?: number;
  readonly nextLeafExpiresAt?: number;
  /** Responses sent, accepted and refused since the start. */
  readonly pushes: number;
  readonly acknowledgements: number;
  readonly rejections: number;
  /** What an operator should look at, the worst first. */
  readonly problems: readonly OverviewProblem[];
}

/** Something that an operator should look at. */
export interface OverviewProblem {
  /** A sentence. */
  readonly text: string;
  /** The section whose rows show it one by one; none where no row does. */
  readonly section?: StatusSection;
}

/** A service and how its instances are. */
export interface ServiceSummary {
  readonly name: string;
  readonly instances: number;
  readonly passing: number;
  readonly warning: number;
  readonly critical: number;
  /** Instances with a sidecar. */
  readonly sidecars: number;
  readonly tags: readonly string[];
  /** The services that its sidecars declare as upstreams. */
  readonly upstreams: readonly string[];
}

/** An intention, who wrote it, and how long it holds. Times in milliseconds since 1970. */
export interface IntentionSummary {
  readonly source: string;
  readonly destination: string;
  /** `allow`, `deny` or the number of its permissions. */
  readonly effect: string;
  readonly precedence: number;
  readonly description?: string;
  /** Who wrote the entry it is in last; none where the history no longer goes back so far. */
  readonly author?: string;
  readonly changedAt?: number;
  /** When it undoes itself. */
  readonly expiresAt?: number;
}

/** A certificate without its key. Times in milliseconds since 1970. */
export interface CertificateSummary {
  /** The SPIFFE ID of a leaf, or the ID of a root. */
  readonly id: string;
  readonly kind: 'root' | 'leaf';
  readonly name: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Whether it signs; of roots. */
  readonly active: boolean;
  readonly serialNumber: string;
}

/** One part of what is watched: rows as they are now, and the keys of those that are gone. */
export type StatusPart =
  | { readonly kind: 'overview'; readonly overview: MeshOverview }
  | RowsPart<'proxies', ProxyState>
  | RowsPart<'services', ServiceSummary>
  | RowsPart<'intentions', IntentionSummary>
  | RowsPart<'certificates', CertificateSummary>
  | { readonly kind: 'history'; readonly items: readonly HistoryItem[] }
  /** All of the present state was sent; what follows are changes. */
  | { readonly kind: 'complete' }
  /** Nothing changed for a while. */
  | { readonly kind: 'alive' };

interface RowsPart<Kind extends StatusSection, Row> {
  readonly kind: Kind;
  readonly changed: readonly Row[];
  readonly removed: readonly string[];
}

/** What a watcher is told at once. */
export interface StatusUpdate {
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly part: StatusPart;
}
