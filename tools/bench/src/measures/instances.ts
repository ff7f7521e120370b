import type { LaunchedAgent } from '../subjects/launch-agent.ts';

/** An instance on a node without an agent, with a check that passes. */
export interface RemoteInstance {
  readonly node: string;
  readonly service: string;
  readonly id: string;
  readonly port: number;
  readonly tags: readonly string[];
}

/** Makes an instance known to the catalog. */
export async function putInstance(
  { client }: LaunchedAgent,
  { node, service, id, port, tags }: RemoteInstance,
): Promise<void> {
  const body = {
    Node: node,
    Address: '10.0.0.1',
    Service: { ID: id, Service: service, Port: port, Tags: tags },
    Check: { CheckID: `service:${id}`, Name: service, ServiceID: id, Status: 'passing' },
  };
  await client.connection.send({ method: 'PUT', path: '/v1/catalog/register', body });
}

/** One of three instances of `db`. */
export function database(at: 1 | 2 | 3, port = 5432): RemoteInstance {
  return { node: `node-${at}`, service: 'db', id: `db-${at}`, port, tags: ['primary', 'v1'] };
}

/** Makes all three known. */
export async function putDatabases(agent: LaunchedAgent): Promise<void> {
  for (const at of [1, 2, 3] as const) await putInstance(agent, database(at));
}
