import { type AgentClient, agentClient } from './agent.ts';
import { type CatalogClient, catalogClient } from './catalog.ts';
import { type ConfigClient, configClient } from './config.ts';
import { type ConnectClient, connectClient } from './connect.ts';
import { type Connection, type ConnectionOptions, createConnection } from './connection.ts';
import { type CoordinatesClient, coordinatesClient } from './coordinates.ts';
import { type HealthClient, healthClient } from './health.ts';
import { type IntentionsClient, intentionsClient } from './intentions.ts';
import { type OperatorClient, operatorClient } from './operator.ts';

/** The HTTP API of one agent, by area. */
export interface Client extends Disposable {
  readonly connection: Connection;
  readonly agent: AgentClient;
  readonly catalog: CatalogClient;
  readonly config: ConfigClient;
  readonly connect: ConnectClient;
  readonly coordinates: CoordinatesClient;
  readonly health: HealthClient;
  readonly intentions: IntentionsClient;
  readonly operator: OperatorClient;
}

/** A client of the agent at an address. Every method rejects with a `ClientError`. */
export function createClient(options: ConnectionOptions): Client {
  const connection = createConnection(options);
  return {
    connection,
    agent: agentClient(connection),
    catalog: catalogClient(connection),
    config: configClient(connection),
    connect: connectClient(connection),
    coordinates: coordinatesClient(connection),
    health: healthClient(connection),
    intentions: intentionsClient(connection),
    operator: operatorClient(connection),
    [Symbol.dispose]: () => connection[Symbol.dispose](),
  };
}
