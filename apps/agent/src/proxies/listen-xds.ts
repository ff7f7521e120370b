import type { AgentConfig } from '@chancery/model';
import type { XdsServer } from '@chancery/xds-server';
import { listenFailure } from '../listen-failure.ts';
import { claimSocket, restrictSocket } from '../open-socket.ts';

/**
 * Opens the listeners for proxies; gives their addresses.
 *
 * @throws Error with a sentence for people: an address that is taken, or that may not be used.
 */
export async function listenXds(
  xds: Pick<XdsServer, 'listen'>,
  { listen: { grpc }, ports, http: { socketMode } }: AgentConfig,
): Promise<readonly string[]> {
  const opened: string[] = [];
  for (const address of grpc) {
    if (address.kind === 'unix') await claimSocket(address.path);
    const place =
      address.kind === 'unix' ? { path: address.path } : { host: address.host, port: ports.grpc };
    const { port } = await xds.listen(place).catch((error) => {
      throw listenFailure(error, address, ports.grpc, '-grpc-port');
    });
    await restrictSocket(address, socketMode);
    opened.push(address.kind === 'unix' ? `unix://${address.path}` : `${address.host}:${port}`);
  }
  return opened;
}
