import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DemoMesh, demoMesh, type Plane, until } from '@chancery/testing';
import { Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import { expect, test } from 'vitest';
import { describeOnEachPlane } from './planes.ts';
import { withinMs } from './story.ts';

/** Something that a check asks, and that can be told what to answer. */
interface Asked extends AsyncDisposable {
  /** The check, but for its ID. */
  readonly check: string;
  answer(isWell: boolean): void;
}

async function overGrpc(): Promise<Asked> {
  const health = new HealthImplementation({ db: 'SERVING' });
  const server = new GrpcServer();
  health.addToServer(server);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    check: `grpc = "127.0.0.1:${port}/db"`,
    answer: (isWell) => health.setStatus('db', isWell ? 'SERVING' : 'NOT_SERVING'),
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  };
}

async function overHttp(): Promise<Asked> {
  let code = 200;
  const server: Server = createServer((_, response) => response.writeHead(code).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    check: `http = "http://127.0.0.1:${port}/"`,
    answer: (isWell) => {
      code = isWell ? 200 : 503;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Waits until a check of the second instance has been found to be so. */
async function found(mesh: DemoMesh<Plane>, status: string): Promise<void> {
  const checks = mesh.agent.client.agent.checks;
  await until(async () => (await checks())['db-2-alive']?.Status === status, {
    withinMs: 10_000,
    what: `the check was ${status}`,
  });
}

/** Waits until a connection of `web` comes to the second instance, or until some have not. */
async function reaches(mesh: DemoMesh<Plane>, expected: boolean): Promise<void> {
  const answers = async (): Promise<boolean> => {
    for (let i = 0; i < 12; i++) {
      const { verdict, answer } = await mesh.web.talk('who?', 2000);
      if (verdict === 'echo' && answer.startsWith('db-2:')) return true;
    }
    return false;
  };
  const what = expected ? 'db-2 answered' : 'db-2 answered no more';
  await until(async () => (await answers()) === expected, { withinMs, what });
}

describeOnEachPlane('an instance takes no new connection within a second', (plane) => {
  test.for([
    ['gRPC', overGrpc],
    ['HTTP', overHttp],
  ] as const)(
    'of a failure that %s found, and takes them again when it is well',
    async ([, open]) => {
      await using asked = await open();
      const instanceConfig = (id: string): string =>
        id === 'db-2' ? `check { id = "db-2-alive" interval = "1s" ${asked.check} }` : '';
      await using mesh = await demoMesh({ plane, instances: 2, instanceConfig });
      await mesh.connected();
      await found(mesh, 'passing');
      await reaches(mesh, true);
      asked.answer(false);
      await found(mesh, 'critical');
      await reaches(mesh, false);
      asked.answer(true);
      await found(mesh, 'passing');
      await reaches(mesh, true);
    },
  );

  test('of maintenance, and takes them again after it', async () => {
    await using mesh = await demoMesh({ plane, instances: 2 });
    await mesh.connected();
    const { maintainService, maintainNode } = mesh.agent.client.agent;
    await maintainService('db-2', { enable: true, reason: 'a new disk' });
    await reaches(mesh, false);
    await maintainService('db-2', { enable: false });
    await reaches(mesh, true);
    await maintainNode({ enable: true });
    await until(async () => (await mesh.web.talk('who?', 500)).verdict === 'closed', {
      withinMs,
      what: 'nobody answered',
    });
    expect((await mesh.agent.client.agent.checks())['_node_maintenance']?.Status).toBe('critical');
    await maintainNode({ enable: false });
    await reaches(mesh, true);
  });
});
