import { createServer } from 'node:net';
import type { JsonObject } from '@chancery/model';

interface Bootstrap {
  readonly admin?: {
    readonly address?: {
      readonly socket_address?: { readonly address: string; readonly port_value: number };
    };
  };
}

/** Where Envoy's admin interface cannot listen because something else does: what most often ends a second sidecar. */
export async function takenAdminAddress(bootstrap: JsonObject): Promise<string | undefined> {
  const { admin }: Bootstrap = bootstrap;
  const wanted = admin?.address?.socket_address;
  if (wanted === undefined) return undefined;
  const { address: host, port_value: port } = wanted;
  return (await isTaken(host, port)) ? `${host}:${port}` : undefined;
}

function isTaken(host: string, port: number): Promise<boolean> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'EADDRINUSE'));
    probe.listen({ host, port }, () => probe.close(() => settle(false)));
  });
}
