export {
  type ShownRow,
  type ShownTable,
  showing,
  type Telling,
  type Told,
  telling,
  tellingSteps,
  toldInOrder,
} from './declared/declared-change.ts';
export { NetChanges, netChanges } from './declared/net-changes.ts';
export { redacted } from './declared/redacted.ts';
export { fieldChanges } from './diff/field-changes.ts';
export { flipsBetween } from './flips/flips.ts';
export type {
  ChangeAction,
  DeclaredChange,
  Drain,
  FieldChange,
  Flip,
  Plan,
  ProxyChange,
  ResourceChange,
} from './plan.ts';
export { digestSteps, planDigest, planOperations, planSteps } from './plan-operations.ts';
export type { PlanParts } from './plan-parts.ts';
export { shownResource } from './resources/shown-resource.ts';
