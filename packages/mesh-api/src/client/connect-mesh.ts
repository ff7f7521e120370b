import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { type ConnectionOptions, formatAddress, requestOptions } from '@chancery/client';
import { createConnectTransport } from '@connectrpc/connect-node';
import { type MeshClient, meshClient } from './mesh-client.ts';
import { wordedTransport } from './worded-transport.ts';

/** What of the options of a connection matters to RPCs: they have no query, and are not warned. */
export type MeshConnectionOptions = Pick<
  ConnectionOptions,
  'address' | 'token' | 'basicAuth' | 'tls' | 'author' | 'keepAlive'
>;

/**
 * A client of the RPCs of the agent at an address. Every call rejects with a `ClientError`, whose words are those of
 * `@chancery/client`; a stream that is left ends its request. Opens nothing yet: each call connects when it is made.
 */
export function connectMesh(options: MeshConnectionOptions): MeshClient & Disposable {
  const { address, keepAlive } = options;
  const pool = keepAlive === undefined ? undefined : poolOf(options, keepAlive);
  const transport = createConnectTransport({
    baseUrl: formatAddress(address),
    httpVersion: '1.1',
    nodeOptions: { ...requestOptions(options), ...(pool && { agent: pool }) },
    // Between processes of one machine compression costs more than it saves.
    acceptCompression: [],
  });
  return {
    ...meshClient(wordedTransport(transport, address)),
    [Symbol.dispose]: () => pool?.destroy(),
  };
}

function poolOf({ address }: MeshConnectionOptions, maxSockets: number): Agent {
  const isTls = address.kind === 'tcp' && address.scheme === 'https';
  const Pool = isTls ? TlsAgent : Agent;
  return new Pool({ keepAlive: true, maxSockets });
}
