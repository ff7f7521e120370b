export {
  CheckRunner,
  type CheckRunnerEffects,
  type CheckRunnerOptions,
  type RunnableCheck,
  scriptsDisabled,
} from './check-runner.ts';
export { defaultOutputMaxBytes, keptBeginning } from './kept-output.ts';
export { probe } from './probe.ts';
export type { ProbeResult, ProbeRun } from './probe-result.ts';
export type { SeriesEnd } from './probe-series.ts';
export { firstStreak, type Judged, judge, type Streak } from './verdict.ts';
