import type { RecordShape } from './record-shape.ts';

/** A step from a record, or a part of it, towards what is selected. */
export interface Step {
  /** `elements` are those of a list: one that fits is enough. */
  readonly kind: 'field' | 'key' | 'elements';
  readonly name: string;
}

/** What a path leads to. */
export type SelectorTarget =
  | { readonly ok: true; readonly steps: readonly Step[]; readonly shape: RecordShape }
  /** How many names of the path were understood. */
  | { readonly ok: false; readonly understood: number };

/** Follows a path through a shape. A list is passed without being named: `Checks.Status` is the status of any check. */
export function selectorTarget(path: readonly string[], root: RecordShape): SelectorTarget {
  const steps: Step[] = [];
  let shape = root;
  for (const [understood, name] of path.entries()) {
    if (typeof shape === 'object' && 'list' in shape) {
      steps.push({ kind: 'elements', name: '' });
      shape = shape.list;
    }
    const next = stepInto(shape, name);
    if (next === undefined) return { ok: false, understood };
    steps.push(next.step);
    shape = next.shape;
  }
  return { ok: true, steps, shape };
}

function stepInto(
  shape: RecordShape,
  name: string,
): { readonly step: Step; readonly shape: RecordShape } | undefined {
  if (typeof shape !== 'object') return undefined;
  if ('map' in shape) return { step: { kind: 'key', name }, shape: shape.map };
  if (!('fields' in shape) || !Object.hasOwn(shape.fields, name)) return undefined;
  const field = shape.fields[name];
  return field && { step: { kind: 'field', name }, shape: field };
}
