import { type EnvoyAdmin, talk, until } from '@chancery/testing';
import type { Dialled } from './caller.ts';
import { type Destination, destinations } from './operation.ts';
import type { Place } from './registry.ts';

/** The real Envoy beside the source `web`. */
export interface WebEnvoy {
  /** Dials a destination as the app beside it would. */
  dial(to: Place): Promise<Pick<Dialled, 'verdict'> & Partial<Dialled>>;
  /** Whether it knows the endpoint of a destination, without which a connection ends whatever the intentions say. */
  reaches(to: Place): Promise<boolean>;
  /** Waits until it has forgotten the endpoint of a destination that is deregistered. */
  forgets(to: Place): Promise<void>;
}

const answerWithinMs = 5000;
const forgetWithinMs = 5000;

/** The way through an Envoy that is known by its admin interface. */
export function webEnvoy(admin: EnvoyAdmin): WebEnvoy {
  const awaited = new Set<Destination>(destinations);
  const knows = async ({ port }: Place): Promise<boolean> =>
    (await admin.page('/clusters')).includes(`::127.0.0.1:${port}::`);
  return {
    dial,
    async reaches(to) {
      if (awaited.has(to.service) && (await knows(to))) awaited.delete(to.service);
      return !awaited.has(to.service);
    },
    async forgets(to) {
      awaited.add(to.service);
      await until(async () => !(await knows(to)), {
        withinMs: forgetWithinMs,
        what: `web forgot the endpoint of ${to.service}`,
      });
    },
  };
}

async function dial({ service, upstreamPort }: Place): Promise<Pick<Dialled, 'verdict'>> {
  const { verdict, answer } = await talk(upstreamPort, 'web knocks', answerWithinMs);
  if (verdict === 'closed') return { verdict };
  if (verdict === 'echo' && answer === `${service}: web knocks`) return { verdict };
  throw new Error(`through web to ${service}: ${verdict} ${JSON.stringify(answer)}`);
}
