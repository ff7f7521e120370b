import type { ServiceRegistrationEntry } from '@chancery/client';
import { atOnce } from '../at-once.ts';
import type { Figure } from '../figure.ts';
import { rates } from '../rates.ts';
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

function figures(name: string, moments: readonly number[], atLeast: number): readonly Figure[] {
  return [
    ...rates(name, moments, { atLeast }),
    { name: `${name}, how many`, value: moments.length, unit: '', moreIsBetter: true },
  ];
}
