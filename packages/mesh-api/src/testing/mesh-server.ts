import { createServer, type Server } from 'node:http';
import { createServer as createHttp2Server, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { ConnectionOptions } from '@chancery/client';
import { onTestFinished } from 'vitest';
import { createMeshApi } from '../create-mesh-api.ts';
import type { MeshApiDependencies } from '../dependencies.ts';
import type { Applied, ProxySource } from '../proxies/proxy-source.ts';

/** Where RPCs are answered in a test. */
export interface MeshServer {
  readonly address: ConnectionOptions['address'] & { readonly kind: 'tcp' };
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What was logged. */
  readonly lines: readonly string[];
}

/** Answers RPCs over HTTP/1.1, or over HTTP/2 without TLS, until the test ends. */
export async function serveMesh(
  parts: Partial<MeshApiDependencies> = {},
  version: 1 | 2 = 1,
): Promise<MeshServer> {
  const lines: string[] = [];
  const api = createMeshApi({
    principal: (headers) => ({ name: headers.get('x-chancery-author') ?? 'anonymous' }),
    authorise: () => true,
    revision: () => 7,
    log: (level, message) => lines.push(`${level} ${message}`),
    ...parts,
  });
  const port = await listen(version === 1 ? createServer(api) : createHttp2Server(api));
  return {
    address: { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port },
    url: `http://127.0.0.1:${port}`,
    lines,
  };
}

/** Listens on a free port of the loopback interface until the test ends. */
export async function listen(server: Server | Http2Server): Promise<number> {
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Two proxies that have taken everything; parts can be replaced. */
export function proxySource(replaced: Partial<ProxySource> = {}): ProxySource {
  return {
    list: async () => [],
    config: async () => undefined,
    applied: async (): Promise<Applied> => ({
      affected: 2,
      acknowledged: 2,
      tookMs: 84,
      lagging: [],
      notConnected: [],
    }),
    ...replaced,
  };
}
