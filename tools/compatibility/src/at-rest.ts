import { until } from '@chancery/testing';
import { exchange } from './play.ts';

/**
 * Waits until an agent has come to rest. A Consul that has just started refuses intentions, has no
 * figures and no coordinates for some seconds; one of ours is at rest at once.
 */
export async function atRest(port: number): Promise<void> {
  const wanted = ['/v1/agent/metrics', '/v1/coordinate/node/devnode', '/v1/connect/intentions'];
  await until(
    async () => (await Promise.all(wanted.map((path) => answers(port, path)))).every(Boolean),
    {
      withinMs: 60_000,
      what: 'the agent has come to rest',
    },
  );
}

async function answers(port: number, path: string): Promise<boolean> {
  const { status } = await exchange(port, { method: 'GET', path, from: '' });
  return status === 200;
}

/** Waits until what was registered is known everywhere: the aliases have a verdict. */
export async function registered(port: number): Promise<void> {
  await until(async () => (await criticalChecks(port)) === 2, {
    withinMs: 30_000,
    what: 'the services are registered',
  });
}

async function criticalChecks(port: number): Promise<number> {
  const { body } = await exchange(port, {
    method: 'GET',
    path: '/v1/health/state/critical',
    from: '',
  });
  return Array.isArray(body) ? body.length : -1;
}
