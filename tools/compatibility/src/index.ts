export { type Comparison, compareWithConsul, currentPage } from './current-page.ts';
export type { Answer, CommandStep, Printed, Step } from './exchange.ts';
export type { DifferingStep, Explained, KnownDifference } from './explain.ts';
export { buildGoClient, hasGo } from './go-client.ts';
export { record } from './record.ts';
export { type Recording, readRecording } from './recording.ts';
