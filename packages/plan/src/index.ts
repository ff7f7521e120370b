export type {
  ChangeAction,
  DeclaredChange,
  FieldChange,
  Flip,
  Plan,
  ProxyChange,
  ResourceChange,
} from './plan.ts';
