/**
 * What an expression may select of a record: a value, a list, a map with keys of any name, or an
 * object with named fields. Names are those of the JSON that the API answers with.
 */
export type RecordShape =
  | 'text'
  | 'number'
  | 'flag'
  | { readonly list: RecordShape }
  | { readonly map: RecordShape }
  | { readonly fields: Readonly<Record<string, RecordShape>> };
