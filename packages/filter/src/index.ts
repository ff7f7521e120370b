export type { RecordShape } from './record-shape.ts';
