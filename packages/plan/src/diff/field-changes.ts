import diff, { type Difference } from 'microdiff';
import type { FieldChange } from '../plan.ts';
import { aligned } from './aligned.ts';
import { fieldPath } from './field-path.ts';

/**
 * What differs between two JSON values, field by field. Elements of a list whose elements have names are
 * compared with those of the same name, `Sources[Name=web].Action`; those of other lists by what both have in
 * common, so that one put in between does not read as if all behind it had changed. The number of an element
 * that is gone counts in the list before, every other in the list after.
 */
export function fieldChanges(before: unknown, after: unknown): readonly FieldChange[] {
  const [some, others] = aligned(before, after);
  // In a wrapping, so that the values themselves may be of different kinds.
  return diff({ value: some }, { value: others }, { cyclesFix: false }).map(fieldChange);
}

function fieldChange(difference: Difference): FieldChange {
  const path = fieldPath(difference.path.slice(1));
  switch (difference.type) {
    case 'CREATE':
      return { path, after: difference.value };
    case 'REMOVE':
      return { path, before: difference.oldValue };
    case 'CHANGE':
      return { path, before: difference.oldValue, after: difference.value };
  }
}
