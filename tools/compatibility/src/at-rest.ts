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

/** Waits until what was registered is known everywhere: the aliases have a verdict, and no sidecar listens. */
export async function registered(port: number): Promise<void> {
  let seen: readonly string[] = [];
  const known = until(
    async () => {
      seen = await criticalChecks(port);
      return seen.join() === critical.join();
    },
    { withinMs: 15_000, what: 'the services are registered' },
  );
  await known.catch((cause) => {
    const last = seen.join(', ') || 'none';
    const message = `${critical.join(', ')} were to be critical and no other check; it is ${last}`;
    throw new Error(message, { cause });
  });
}

async function criticalChecks(port: number): Promise<readonly string[]> {
  const { body } = await asked(port, '/v1/health/state/critical');
  const checks = Array.isArray(body) ? body : [];
  return checks.map(({ CheckID: id }: { readonly CheckID: string }) => id).sort();
}
