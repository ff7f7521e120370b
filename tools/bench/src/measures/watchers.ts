import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { openWatchers } from '../http/http-load.ts';
import { median, quantile } from '../statistics.ts';
import { launchAgent } from '../subjects/launch-agent.ts';
import { database, putDatabases, putInstance } from './instances.ts';
import type { Measure } from './measure.ts';

const count = 500;
const path = '/v1/health/service/db?passing';
/** All have asked again by then. */
const restMs = 1000;

/** From the HTTP call that changes an instance to the last of many blocking queries that is answered with the change. */
export const watchers: Measure = {
  name: 'watchers',
  async run(subject, { rounds }) {
    await using agent = await launchAgent(subject);
    await agent.ready();
    await putDatabases(agent);
    using watching = await openWatchers(agent.ports.http, path, count);
    const [middle, last]: [number[], number[]] = [[], []];
    for (let port = 6000; port < 6000 + rounds; port += 1) {
      await sleep(restMs);
      const changed = database(1, port);
      const told = await watching.told(`"Port": ${port}`, () => putInstance(agent, changed));
      middle.push(median(told));
      last.push(quantile(told, 1));
    }
    return figures(middle, last);
  },
};

function figures(middle: readonly number[], last: readonly number[]): readonly Figure[] {
  const name = `change to ${count} watchers, last`;
  return [
    { name, value: median(last), unit: 'ms', goal: { atMost: 60 } },
    { name: `${name}, p95`, value: quantile(last, 0.95), unit: 'ms' },
    { name: `change to ${count} watchers, middle`, value: median(middle), unit: 'ms' },
  ];
}
