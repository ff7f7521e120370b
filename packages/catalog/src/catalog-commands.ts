import type { Service } from '@chancery/model';
import { type Command, commit, type Operation, put, refuse, type View } from '@chancery/store';
import { attachCheck, detachCheck } from './attach-checks.ts';
import { type Check, type CheckState, checkStatuses, checks } from './check.ts';
import { ownSidecars, removedInstances } from './deregister-service.ts';
import { instances } from './instance.ts';
import { checkKey, instanceKey } from './keys.ts';
import { type Node, nodes } from './node.ts';
import { nodePut, nodeRemoved } from './node-commands.ts';
import { placed, portsLeft } from './register-service.ts';
import { portSearched } from './sidecar-port.ts';

/** A check with its verdict, as somebody else's report. */
export interface ReportedCheck {
  readonly check: Omit<Check, 'node'>;
  readonly state: CheckState;
}

/** What `/v1/catalog/register` puts: a node, on it an instance, and checks of either. */
export interface CatalogRegistration {
  readonly node: Node;
  /** Leaves the node as it is, where there is one. */
  readonly skipNodeUpdate: boolean;
  readonly service?: Service;
  readonly checks: readonly ReportedCheck[];
}

/** Registers what runs outside the agents' reach, in one commit. Nothing is allocated or added. */
export const registerInCatalog: Command<CatalogRegistration, void> = (view, _principal, input) => {
  const { node, service } = input;
  const unknown = input.checks.find(({ check }) => !hasSubject(view, input, check));
  if (unknown !== undefined) {
    const { serviceId, checkId } = unknown.check;
    return refuse('invalid', `Unknown service ID '${serviceId}' for check ID '${checkId}'`);
  }
  const keepNode = input.skipNodeUpdate && view.get(nodes, node.node) !== undefined;
  const operations = [
    ...(keepNode ? [] : nodePut(view, node)),
    ...(service ? servicePut(view, node.node, service) : []),
    ...input.checks.flatMap((reported) => reportedPut(view, node.node, reported)),
  ];
  return commit(operations, undefined);
};

/** What `/v1/catalog/deregister` names: a check, else an instance, else the whole node. */
export interface CatalogDeregistration {
  readonly node: string;
  readonly serviceId?: string;
  readonly checkId?: string;
}

/** Removes a check, an instance or a node; removing what is not there is no change. */
export const deregisterFromCatalog: Command<CatalogDeregistration, void> = (
  view,
  _principal,
  { node, serviceId = '', checkId = '' },
) => {
  if (serviceId !== '') {
    const instance = view.get(instances, instanceKey(node, serviceId));
    const gone = instance ? [instance, ...ownSidecars(view, instance)] : [];
    return commit(removedInstances(view, node, gone), undefined);
  }
  if (checkId !== '') return commit(detachCheck({ node, checkId }), undefined);
  return commit(nodeRemoved(view, node), undefined);
};

function hasSubject(
  view: View,
  { node, service }: CatalogRegistration,
  { serviceId }: ReportedCheck['check'],
): boolean {
  if (serviceId === '' || serviceId === service?.id) return true;
  return view.get(instances, instanceKey(node.node, serviceId)) !== undefined;
}

/** What was registered as a sidecar of its parent remains one. */
function servicePut(view: View, node: string, service: Service): Operation[] {
  const present = view.get(instances, instanceKey(node, service.id));
  const asSidecar = service.proxy !== undefined && present?.asSidecar === true;
  const row = { node, service, asSidecar };
  const released = portsLeft(view, [row]);
  return [...placed(view, row, [], false), ...portSearched(view, node, { released })];
}

function reportedPut(view: View, node: string, { check, state }: ReportedCheck): Operation[] {
  const { serviceId, ...definition } = check;
  const key = checkKey(node, check.checkId);
  const declared = attachCheck(view, { node, serviceId }, definition);
  if (view.get(checks, key)?.probe.kind === 'alias') return declared;
  return [...declared, put(checkStatuses, { node, checkId: check.checkId, ...state })];
}
