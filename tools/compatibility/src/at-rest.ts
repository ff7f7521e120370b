import { until } from '@chancery/testing';
import { exchange } from './play.ts';

/**
 * Waits until an agent has come to rest. A Consul that has just started refuses intentions, has no
 * figures and no coordinates for some seconds; either agent shows the figures of an interval that is
 * over, and nothing may have happened in the first one.
 */
export async function atRest(port: number): Promise<void> {
  const wanted = ['/v1/coordinate/node/devnode', '/v1/connect/intentions'];
  await until(
    async () => {
      const answers = await Promise.all([
        hasFigures(port),
        ...wanted.map(async (path) => (await asked(port, path)).status === 200),
      ]);
      return answers.every(Boolean);
    },
    { withinMs: 60_000, what: 'the agent has come to rest' },
  );
}

function asked(port: number, path: string): ReturnType<typeof exchange> {
  return exchange(port, { method: 'GET', path, from: '' });
}

async function hasFigures(port: number): Promise<boolean> {
  const { body } = await asked(port, '/v1/agent/metrics');
  const { Counters: counters, Samples: samples } = body as {
    readonly Counters?: readonly unknown[];
    readonly Samples?: readonly unknown[];
  };
  return [counters, samples].every((list) => list !== undefined && list.length > 0);
}

const critical = ['service:db-sidecar-proxy:1', 'service:web-sidecar-proxy:1'];

/**
 * Registers the services, and waits until that is known everywhere: the aliases have a verdict, and no
 * sidecar listens. In a Consul an alias may miss that its service came, for a minute or for ever; it
 * hears of it when the service is registered again.
 */
export async function registered(port: number, register: () => Promise<unknown>): Promise<void> {
  let seen: readonly string[] = [];
  for (let tries = 0; tries < 12; tries += 1) {
    await register();
    const known = until(
      async () => {
        seen = await criticalChecks(port);
        return seen.join() === critical.join();
      },
      { withinMs: 5000, what: 'the services are registered' },
    );
    if (await known.then(Boolean, () => false)) return;
  }
  const last = seen.join(', ') || 'none';
  throw new Error(`${critical.join(', ')} were to be critical and no other check; it is ${last}`);
}

async function criticalChecks(port: number): Promise<readonly string[]> {
  const { body } = await asked(port, '/v1/health/state/critical');
  const checks = Array.isArray(body) ? body : [];
  return checks.map(({ CheckID: id }: { readonly CheckID: string }) => id).sort();
}
