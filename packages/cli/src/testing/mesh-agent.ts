import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMeshApi, type MeshApiDependencies } from '@chancery/mesh-api';

/** An agent that answers RPCs alone. */
export interface MeshAgent extends AsyncDisposable {
  readonly address: string;
  /** What was logged. */
  readonly lines: readonly string[];
}

/** Starts an agent whose RPCs are made of some sources; each may do everything there. */
export async function startMeshAgent(sources: Partial<MeshApiDependencies>): Promise<MeshAgent> {
  const lines: string[] = [];
  const server = createServer(
    createMeshApi({
      principal: (headers) => ({ name: headers.get('x-chancery-author') ?? 'anonymous' }),
      authorise: () => true,
      revision: () => 1,
      log: (level, message, about) => lines.push(`${level} ${message} ${JSON.stringify(about)}`),
      ...sources,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    lines,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
