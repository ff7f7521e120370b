import type { Intention } from './intention.ts';

/** `deny`, or how many permissions it has: `1 permission`. */
export function effectInWords({ action, permissions }: Intention): string {
  if (permissions === undefined) return action;
  return permissions.length === 1 ? '1 permission' : `${permissions.length} permissions`;
}
