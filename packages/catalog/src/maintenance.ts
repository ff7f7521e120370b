import type { CheckDefinition } from '@chancery/model';
import { type Command, commit, type Operation, refuse, type View } from '@chancery/store';
import { attachCheck, detachCheck } from './attach-checks.ts';
import { checks } from './check.ts';
import { unknownService } from './deregister-service.ts';
import { instances } from './instance.ts';
import { checkKey, instanceKey } from './keys.ts';
import { nodes } from './node.ts';

/** Whether something is to be out of service. */
export interface Maintenance {
  readonly node: string;
  readonly enable: boolean;
  /** Why; empty for a note that no reason was given. */
  readonly reason: string;
}

/** Whether anything changed: what is out of service already stays so, for the reason it has. */
export interface Maintained {
  readonly changed: boolean;
}

/** Takes an instance out of service, or back, by a check that is critical for as long as it is there. */
export const maintainService: Command<Maintenance & { readonly serviceId: string }, Maintained> = (
  view,
  _principal,
  { serviceId, ...maintenance },
) => {
  if (view.get(instances, instanceKey(maintenance.node, serviceId)) === undefined) {
    return refuse('not-found', unknownService(serviceId));
  }
  const check = {
    ...maintenanceCheck('service', maintenance.reason),
    checkId: `_service_maintenance:${serviceId}`,
    name: 'Service Maintenance Mode',
  };
  return maintained(view, { ...maintenance, serviceId }, check);
};

/** Takes a node out of service with all that is on it, or back. */
export const maintainNode: Command<Maintenance, Maintained> = (view, _principal, maintenance) => {
  const { node } = maintenance;
  if (view.get(nodes, node) === undefined) return refuse('not-found', `Unknown node "${node}"`);
  const check = {
    ...maintenanceCheck('node', maintenance.reason),
    checkId: '_node_maintenance',
    name: 'Node Maintenance Mode',
  };
  return maintained(view, { ...maintenance, serviceId: '' }, check);
};

function maintained(
  view: View,
  { node, serviceId, enable }: Maintenance & { readonly serviceId: string },
  check: CheckDefinition,
) {
  const isOut = view.get(checks, checkKey(node, check.checkId)) !== undefined;
  const changed = isOut !== enable;
  return commit(changed ? change() : [], { changed });

  function change(): Operation[] {
    if (enable) return attachCheck(view, { node, serviceId }, check);
    return detachCheck({ node, checkId: check.checkId });
  }
}

/** The note is Consul's: people and programs look for it. */
function maintenanceCheck(
  what: 'service' | 'node',
  reason: string,
): Pick<CheckDefinition, 'notes' | 'initialStatus' | 'probe'> {
  const noReason = `Maintenance mode is enabled for this ${what}, but no reason was provided. This is a default message.`;
  return {
    notes: reason || noReason,
    initialStatus: 'critical',
    probe: { kind: 'maintenance' },
  };
}
