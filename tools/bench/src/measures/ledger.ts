import { openFleet } from '../client/fleet.ts';
import { median } from '../statistics.ts';
import { servedFleet } from '../xds/served-fleet.ts';
import type { Measure } from './measure.ts';

const streams = 100;
const pushesOfSample = 20;
const samples = 150;

/**
 * What the ledger adds to a push: the processor time of the server's thread for one response and its
 * acknowledgement, with the ledger and one who watches it and without either, in one process and in turn.
 */
export const ledger: Measure = {
  name: 'ledger',
  async run({ name }) {
    // It is about our own server, which runs in this process.
    if (name !== 'Chancery') return [];
    await using stack = new AsyncDisposableStack();
    const open = async (keepsLedger: boolean) => {
      const served = stack.use(await servedFleet(streams, keepsLedger));
      stack.use(await openFleet(served.port, served.proxyIds, 1));
      return served;
    };
    const [without, having] = [await open(false), await open(true)];
    const times = { without: [] as number[], having: [] as number[] };
    for (let sample = 0; sample <= samples; sample += 1) {
      const order = sample % 2 === 0 ? [without, having] : [having, without];
      const found = new Map<unknown, number>();
      for (const served of order) found.set(served, await served.pushes(pushesOfSample));
      // The first of each warms up.
      if (sample === 0) continue;
      times.without.push(found.get(without) ?? 0);
      times.having.push(found.get(having) ?? 0);
    }
    const [plain, kept] = [median(times.without), median(times.having)];
    const added = median(
      times.having.map((time, at) => (time / (times.without[at] ?? time) - 1) * 100),
    );
    return [
      { name: 'a push without the ledger', value: plain * 1000, unit: 'µs' },
      { name: 'a push with the ledger', value: kept * 1000, unit: 'µs' },
      { name: 'what the ledger adds to a push', value: added, unit: '%', goal: { atMost: 5 } },
    ];
  },
};
