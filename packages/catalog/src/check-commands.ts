import type { CheckDefinition, CheckStatus } from '@chancery/model';
import { type Command, commit, put, refuse } from '@chancery/store';
import { attachCheck, detachCheck } from './attach-checks.ts';
import { type Check, checkStatuses, checks } from './check.ts';
import { instances } from './instance.ts';
import { checkKey, instanceKey } from './keys.ts';
import { nodes } from './node.ts';

/** A check to attach to an instance, or with an empty service ID to the node. */
export interface RegisterCheckInput {
  readonly node: string;
  readonly serviceId: string;
  readonly check: CheckDefinition;
}

/** Declares a check; one that is declared again keeps the status it has. */
export const registerCheck: Command<RegisterCheckInput, { before?: Check }> = (
  view,
  _principal,
  { node, serviceId, check },
) => {
  if (view.get(nodes, node) === undefined) return refuse('not-found', `Unknown node "${node}"`);
  if (serviceId !== '' && view.get(instances, instanceKey(node, serviceId)) === undefined) {
    return refuse('not-found', `ServiceID "${serviceId}" does not exist`);
  }
  const before = view.get(checks, checkKey(node, check.checkId));
  const operations = attachCheck(view, { node, serviceId }, { ...check, alone: true });
  return commit(operations, before ? { before } : {});
};

/** Removes a check. */
export const deregisterCheck: Command<{ node: string; checkId: string }, { removed: Check }> = (
  view,
  _principal,
  { node, checkId },
) => {
  const removed = view.get(checks, checkKey(node, checkId));
  if (removed === undefined) return refuse('not-found', unknownCheck(checkId));
  return commit(detachCheck(removed), { removed });
};

/** What a check has found. */
export interface CheckStatusInput {
  readonly node: string;
  readonly checkId: string;
  readonly status: CheckStatus;
  readonly output: string;
}

/** Records a verdict. The same verdict again changes nothing; an alias has no verdict of its own. */
export const setCheckStatus: Command<CheckStatusInput, void> = (view, _principal, input) => {
  const { node, checkId, status, output } = input;
  const key = checkKey(node, checkId);
  const check = view.get(checks, key);
  if (check === undefined) return refuse('not-found', unknownCheck(checkId));
  if (check.probe.kind === 'alias') {
    return refuse(
      'invalid',
      `Check "${checkId}" is an alias: its status follows what it stands for`,
    );
  }
  const { status: before, output: said } = view.get(checkStatuses, key) ?? {
    status: check.initialStatus,
    output: '',
  };
  const same = before === status && said === output;
  return commit(same ? [] : [put(checkStatuses, { node, checkId, status, output })], undefined);
};

function unknownCheck(id: string): string {
  return `Unknown check ID "${id}". Ensure that the check ID is passed, not the check name.`;
}
