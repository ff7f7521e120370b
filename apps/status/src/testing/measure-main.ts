// Prints what docs/benchmarks.md says of the status screen: measure-main.ts 127.0.0.1:8500 for an agent that runs, or a
// number of made-up services.
import { measureFirstFrame, measureIdle } from './first-frame.ts';
import { startMeshServer } from './mesh-server.ts';
import { largeWorld, smallWorld } from './world.ts';

const given = process.argv[2] ?? '0';
const now = Date.now();
const world = Number(given) > 0 ? largeWorld(now, Number(given)) : smallWorld(now);
await using server = await startMeshServer(world);
const address = given.includes(':') ? given : server.address;
const runs: Awaited<ReturnType<typeof measureFirstFrame>>[] = [];
for (let at = 0; at < 10; at += 1) runs.push(await measureFirstFrame(address));
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[5] ?? 0;
const painted = runs.map(({ paintedMs }) => paintedMs);
const live = runs.map(({ liveMs }) => liveMs);
const idle = await measureIdle(address, 20_000);
process.stdout.write(
  `${[
    `first frame: median ${median(painted).toFixed(0)} ms, worst ${Math.max(...painted).toFixed(0)} ms`,
    `all of the state: median ${median(live).toFixed(0)} ms, worst ${Math.max(...live).toFixed(0)} ms`,
    `idle: ${(idle * 100).toFixed(2)} % of a core`,
  ].join('\n')}\n`,
);
process.exit(0);
