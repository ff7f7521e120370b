import { type EchoService, echoService } from '@chancery/testing';
import { type RunningProxy, runningProxy } from './running-proxy.ts';
import { type DeclaredSidecar, type TestMesh, testMesh } from './test-mesh.ts';

/** `web` that reaches `db`, each behind a proxy, and an echo service behind `db`. */
export interface DemoPair extends AsyncDisposable {
  readonly mesh: TestMesh;
  readonly echo: EchoService;
  readonly web: RunningProxy;
  readonly db: RunningProxy;
  /** Where `web` finds `db`. */
  readonly port: number;
  /** Declares `db` again, otherwise than before. */
  declareDb(changes: Partial<DeclaredSidecar>): Promise<void>;
}

/** Starts the pair and waits until connections would go through. */
export async function demoPair(changes: Partial<DeclaredSidecar> = {}): Promise<DemoPair> {
  await using stack = new AsyncDisposableStack();
  const mesh = stack.use(await testMesh());
  const echo = stack.use(await echoService({}));
  const declareDb = (more: Partial<DeclaredSidecar>) =>
    mesh.declare({ service: 'db', localPort: echo.port, ...more });
  await declareDb(changes);
  const db = stack.use(runningProxy(mesh.port, 'db'));
  await mesh.declare({ service: 'web', upstreams: { db: [await db.port('public_listener')] } });
  const web = stack.use(runningProxy(mesh.port, 'web'));
  const port = await web.port('db:');
  const owned = stack.move();
  return {
    ...{ mesh, echo, web, db, port, declareDb },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
