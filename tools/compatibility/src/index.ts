export type { Answer, CommandStep, Printed, Step } from './exchange.ts';
export { type Explained, explain, type KnownDifference } from './explain.ts';
export { buildGoClient, hasGo } from './go-client.ts';
export { knownCommandDifferences, knownHttpDifferences } from './known-differences.ts';
export { type ListedRoute, type PageContents, page } from './page.ts';
export { record } from './record.ts';
export { type Recording, readRecording } from './recording.ts';
