export { type DecisionTable, decisionTable, formatTable } from './decision-table.ts';
export { type IntentionSet, intentionSets, type Pair } from './intention-sets.ts';
export { type Decision, type Match, type Recording, recordDecisions } from './record-decisions.ts';
