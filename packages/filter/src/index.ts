export { type CompiledFilter, compileFilter } from './compile-filter.ts';
export type { Comparison, Expression, Literal, Selector } from './expression.ts';
export { type FilterFailure, type ParsedFilter, parseFilter } from './parse-filter.ts';
export { printFilter } from './print-filter.ts';
export type { RecordShape } from './record-shape.ts';
export { type MayGoOn, wholeMatch } from './regular-expression.ts';
