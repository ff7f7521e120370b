import type { RowRevisions, View } from '@chancery/store';
import type { Check, CheckState } from './check.ts';
import { checkStatuses, checks } from './check.ts';
import { stateOf } from './check-state.ts';
import { type Instance, instances } from './instance.ts';
import { checkKey, compareText, instanceKey } from './keys.ts';
import { type Node, nodes } from './node.ts';

/** A node and when it changed. */
export interface NodeRow {
  readonly node: Node;
  readonly revisions: RowRevisions;
}

/** An instance, the node it is on, and when it changed. */
export interface InstanceRow extends Instance {
  readonly on: NodeRow;
  readonly revisions: RowRevisions;
}

/** A check with what it finds at present and what it is about. */
export interface CheckRow {
  readonly check: Check;
  readonly state: CheckState;
  /** Empty for a check of a node. */
  readonly serviceName: string;
  readonly serviceTags: readonly string[];
  /** The commits that declared the check and last changed it or its verdict. */
  readonly revisions: RowRevisions;
}

const NEVER: RowRevisions = { created: 0, modified: 0 };

/** Reads a node for an API. */
export function nodeRow(view: View, name: string): NodeRow | undefined {
  const node = view.get(nodes, name);
  return node && { node, revisions: view.revisions(nodes, name) ?? NEVER };
}

/** Reads an instance for an API; none where its node is gone. */
export function instanceRow(view: View, instance: Instance): InstanceRow | undefined {
  const on = nodeRow(view, instance.node);
  const revisions = view.revisions(instances, instances.key(instance)) ?? NEVER;
  return on && { ...instance, on, revisions };
}

/** Reads instances for an API, ordered by node and service ID as Consul lists them. */
export function instanceRows(view: View, found: readonly Instance[]): readonly InstanceRow[] {
  return found
    .map((instance) => instanceRow(view, instance))
    .filter((row) => row !== undefined)
    .sort((a, b) => compareText(a.node, b.node) || compareText(a.service.id, b.service.id));
}

/** Reads a check for an API. */
export function checkRow(view: View, check: Check): CheckRow {
  const { node, checkId, serviceId } = check;
  const key = checkKey(node, checkId);
  const service = view.get(instances, instanceKey(node, serviceId))?.service;
  const declared = view.revisions(checks, key) ?? NEVER;
  const reported = view.revisions(checkStatuses, key) ?? NEVER;
  return {
    check,
    state: stateOf(view, check),
    serviceName: service?.name ?? '',
    serviceTags: service?.tags ?? [],
    revisions: {
      created: declared.created,
      modified: Math.max(declared.modified, reported.modified),
    },
  };
}

/** Reads checks for an API, ordered by node and check ID as Consul lists them. */
export function checkRows(view: View, found: readonly Check[]): readonly CheckRow[] {
  return found
    .map((check) => checkRow(view, check))
    .sort(
      ({ check: a }, { check: b }) =>
        compareText(a.node, b.node) || compareText(a.checkId, b.checkId),
    );
}
