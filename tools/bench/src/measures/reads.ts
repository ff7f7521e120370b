import { loadOf } from '../http/http-load.ts';
import { quantile } from '../statistics.ts';
import { launchAgent } from '../subjects/launch-agent.ts';
import { putDatabases } from './instances.ts';
import type { Measure } from './measure.ts';

const path = '/v1/health/service/db?passing';
const load = { path, holds: 'db-3', connections: 16 };

/** The healthy instances of a service, asked for over sixteen connections. */
export const reads: Measure = {
  name: 'reads',
  async run(subject) {
    await using agent = await launchAgent(subject);
    await agent.ready();
    await putDatabases(agent);
    await loadOf(agent.ports.http, { ...load, forMs: 2000 });
    const { perSecond, tookMs, clientShare } = await loadOf(agent.ports.http, {
      ...load,
      forMs: 6000,
    });
    const name = 'reads of healthy instances';
    const rate = { unit: '/s', moreIsBetter: true };
    return [
      { ...rate, name, value: perSecond, goal: { atLeast: 8800 } },
      { name: `${name}, p50`, value: quantile(tookMs, 0.5), unit: 'ms' },
      { name: `${name}, p99`, value: quantile(tookMs, 0.99), unit: 'ms' },
      { name: `${name}, processors of who asks`, value: clientShare, unit: '' },
    ];
  },
};
