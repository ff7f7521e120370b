import type { FieldChange } from '@chancery/mesh-api/v1/change';

/** A list that comes or goes whole, such as that of the sources of intentions, a line for each element that has a name. */
export function byElement(field: FieldChange): readonly FieldChange[] {
  const { path, before, after } = field;
  if (before !== undefined && after !== undefined) return [field];
  const list = (before ?? after)?.kind;
  if (list?.case !== 'listValue' || list.value.values.length === 0) return [field];
  const names = list.value.values.map(nameOf);
  if (names.some((name) => name === undefined)) return [field];
  return list.value.values.map((value, at) => ({
    ...field,
    path: `${path}[Name=${names[at]}]`,
    ...(before !== undefined && { before: value }),
    ...(after !== undefined && { after: value }),
  }));
}

function nameOf({ kind }: NonNullable<FieldChange['before']>): string | undefined {
  if (kind.case !== 'structValue') return undefined;
  const name = kind.value.fields['Name']?.kind;
  return name?.case === 'stringValue' ? name.value : undefined;
}
