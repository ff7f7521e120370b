import type { CheckDefinition } from '@chancery/model';
import { type Operation, put, remove, type View } from '@chancery/store';
import { type Check, checkStatuses, checks } from './check.ts';
import { checkKey, subjectKey } from './keys.ts';

/** What checks are attached to. */
export interface Subject {
  readonly node: string;
  /** Empty: the node itself. */
  readonly serviceId: string;
}

/**
 * Declares a check. One that is declared again keeps the status it has, also where the declaration
 * now names another one to start with.
 */
export function attachCheck(
  view: View,
  subject: Subject,
  definition: CheckDefinition & Pick<Check, 'alone'>,
): Operation[] {
  const { node, serviceId } = subject;
  const key = checkKey(node, definition.checkId);
  const before = view.get(checks, key);
  const declare = put<Check>(checks, { ...definition, node, serviceId });
  if (before === undefined) return [declare];
  if (before.serviceId !== serviceId) return [declare, remove(checkStatuses, key)];
  return [declare, ...keptStatus(view, before, definition)];
}

function keptStatus(view: View, before: Check, { initialStatus }: CheckDefinition): Operation[] {
  const key = checkKey(before.node, before.checkId);
  if (before.initialStatus === initialStatus || view.get(checkStatuses, key)) return [];
  const { node, checkId, initialStatus: status } = before;
  return [put(checkStatuses, { node, checkId, status, output: '' })];
}

/** Removes a check and its verdict. */
export function detachCheck({ node, checkId }: Pick<Check, 'node' | 'checkId'>): Operation[] {
  const key = checkKey(node, checkId);
  return [remove(checks, key), remove(checkStatuses, key)];
}

/** Removes what is attached to a subject, but for some checks. */
export function detachAll(
  view: View,
  { node, serviceId }: Subject,
  keep: (check: Check) => boolean = () => false,
): Operation[] {
  return view
    .by(checks, 'subject', subjectKey(node, serviceId))
    .filter((check) => !keep(check))
    .flatMap(detachCheck);
}
