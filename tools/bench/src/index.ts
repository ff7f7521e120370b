export { measureNames, runBench } from './run-bench.ts';
