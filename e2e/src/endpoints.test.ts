import { type DemoMesh, demoMesh, type Plane, type Source, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { describeOnEachPlane } from './planes.ts';
import { withinMs } from './story.ts';

const connections = 12;
/** Who refuses says so at once; who is only late is not counted as gone on a busy machine. */
const patienceMs = 2000;

/** Which instances answer: each puts its ID before the echo. */
async function answering(web: Source<Plane>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (let i = 0; i < connections; i++) {
    const { verdict, answer } = await web.talk('who?', patienceMs);
    seen.add(verdict === 'echo' ? answer.replace(': who?', '') : verdict);
  }
  return seen;
}

/** Waits until exactly these instances answer; a connection that fails counts against it. */
async function answeredOnlyBy(mesh: DemoMesh<Plane>, ids: readonly string[]): Promise<void> {
  await until(
    async () => [...(await answering(mesh.web))].sort().join() === [...ids].sort().join(),
    { withinMs, what: `only ${ids.join(' and ')} answered` },
  );
}

const ttlCheck = (id: string): string => `check {
    id = "${id}-alive"
    ttl = "1h"
    status = "passing"
  }`;

describeOnEachPlane('an instance takes no new connection within a second', (plane) => {
  test('of the answer to its deregistration', async () => {
    await using mesh = await demoMesh({ plane, instances: 2 });
    await mesh.connected();
    await mesh.agent.client.agent.deregister('db-2');
    await answeredOnlyBy(mesh, ['db']);
    expect(await answering(mesh.web)).toEqual(new Set(['db']));
  });

  test('of a check turning critical, and takes them again when it passes', async () => {
    await using mesh = await demoMesh({ plane, instances: 2, instanceConfig: ttlCheck });
    await mesh.connected();
    const { updateCheck } = mesh.agent.client.agent;
    for (let flap = 0; flap < 3; flap++) {
      await updateCheck('db-2-alive', { Status: 'critical', Output: 'down' });
      await answeredOnlyBy(mesh, ['db']);
      await updateCheck('db-2-alive', { Status: 'passing' });
      await answeredOnlyBy(mesh, ['db', 'db-2']);
    }
  });

  test('of its sidecar being killed', async () => {
    await using mesh = await demoMesh({ plane, instances: 2 });
    await mesh.connected();
    await mesh.instances[1]?.sidecar.kill9();
    await answeredOnlyBy(mesh, ['db']);
  });
});

describeOnEachPlane('an upstream', (plane) => {
  test('whose last instance is removed refuses instead of hanging, and comes back with it', async () => {
    await using mesh = await demoMesh({ plane });
    await mesh.connected();
    const [db] = mesh.instances;
    if (db === undefined) throw new Error('no db');
    await mesh.agent.client.agent.deregister('db');
    await until(async () => (await mesh.web.talk('Hello?', 500)).verdict === 'closed', {
      withinMs,
      what: 'connections were ended',
    });
    await mesh.agent.client.agent.register({
      Name: 'db',
      Port: db.echo.port,
      Connect: { SidecarService: { Port: db.sidecarPort } },
    });
    await until(async () => (await mesh.web.talk('Hello?', 500)).verdict === 'echo', {
      withinMs: 5000,
      what: 'db was reached again',
    });
  });
});
