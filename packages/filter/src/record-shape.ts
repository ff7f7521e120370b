/**
 * What an expression may select of a record: a value, a list, a map with keys of any name, or an
 * object with named fields. Names are those of the JSON that the API answers with.
 *
 * A field that a record leaves out, or that is null, counts as the empty value of its shape: a record need not spell
 * out what is empty. A key that a map does not have is a different thing: see `compileFilter`.
 */
export type RecordShape =
  | 'text'
  | 'number'
  | 'flag'
  | { readonly list: RecordShape }
  | { readonly map: RecordShape }
  | { readonly fields: Readonly<Record<string, RecordShape>> };
