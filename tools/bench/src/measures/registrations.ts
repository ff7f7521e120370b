import type { ServiceRegistrationEntry } from '@chancery/client';
import { atOnce } from '../at-once.ts';
import type { Figure } from '../figure.ts';
import { perSecond } from '../statistics.ts';
import { connections, launchAgent } from '../subjects/launch-agent.ts';
import type { Subject } from '../subjects/subject.ts';
import type { Measure } from './measure.ts';
import { upstreams } from './mesh.ts';

/** A subject that needs longer is measured by what it did in this time. */
const withinMs = 40_000;

/** Services with a sidecar of five upstreams, eight at once, in memory and on disk. */
export const registrations: Measure = {
  name: 'registrations',
  async run(subject, { registrations: count }) {
    const inMemory = await register(subject, count, { durable: false });
    const durable = await register(subject, count, { durable: true });
    return [
      ...figures('registrations in memory', inMemory, 2000),
      ...figures('registrations on disk', durable, 800),
    ];
  },
};

async function register(
  subject: Subject,
  count: number,
  where: { readonly durable: boolean },
): Promise<readonly number[]> {
  await using agent = await launchAgent(subject, where);
  await agent.ready();
  const entries = Array.from({ length: count }, (_, at) => serviceEntry(at));
  return await atOnce(entries, connections, { withinMs }, (entry) =>
    agent.client.agent.register(entry),
  );
}

function serviceEntry(at: number): ServiceRegistrationEntry {
  return {
    Name: `app-${at}`,
    Port: 8080,
    Connect: {
      SidecarService: {
        Proxy: {
          Upstreams: upstreams.map((name, place) => ({
            DestinationName: name,
            LocalBindPort: 9101 + place,
          })),
        },
      },
    },
  };
}

/** The rate of all, and of the first and the last thousand, or of the halves of fewer: one that holds is the same in both. */
function figures(name: string, moments: readonly number[], atLeast: number): readonly Figure[] {
  const part = Math.min(1000, Math.floor(moments.length / 2));
  const rate = { unit: '/s', moreIsBetter: true };
  return [
    { ...rate, name, value: perSecond(moments), goal: { atLeast } },
    { ...rate, name: `${name}, at the start`, value: perSecond(moments.slice(0, part)) },
    { ...rate, name: `${name}, at the end`, value: perSecond(moments.slice(-part)) },
    { ...rate, name: `${name}, how many`, value: moments.length, unit: '' },
  ];
}
