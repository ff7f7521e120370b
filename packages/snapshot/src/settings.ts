import type { IntentionAction } from '@chancery/intentions';

/** What the snapshots of one agent have in common. */
export interface SnapshotSettings {
  readonly trustDomain: string;
  /** The datacenter of the agent; the endpoints of any other are not known here. */
  readonly datacenter: string;
  /** What becomes of a connection of which no intention speaks. */
  readonly defaultAction: IntentionAction;
  /** The node whose proxies the agent configures. */
  readonly node: string;
}
