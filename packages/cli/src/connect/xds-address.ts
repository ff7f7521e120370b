import type { Client } from '@chancery/client';
import { attempt, fail } from '../attempt.ts';
import type { Call } from '../command.ts';

/** The agent's xDS address as given, or as the agent itself tells it; says so and gives `undefined` when there is none. */
export async function xdsAddress(client: Client, call: Call): Promise<string | undefined> {
  const { flags, io } = call;
  for (const name of ['grpc-ca-file', 'grpc-ca-path'].filter((each) => flags.given(each))) {
    io.err(`Warning: -${name} has no effect: a proxy reaches its agent without TLS`);
  }
  const given = flags.text('grpc-addr') || io.environment.CONSUL_GRPC_ADDR;
  if (given) return plain(given, call);
  let address: string | undefined;
  await attempt(io, 'Error looking up xDS port', async () => {
    const { xDS } = await client.agent.self();
    const port = xDS?.Ports.Plaintext ?? -1;
    if (port > 0) address = `${agentHost(client)}:${port}`;
    return address === undefined ? fail(io, withoutPort(xDS?.Ports.TLS ?? -1)) : 0;
  });
  return address;
}

function plain(address: string, { io }: Call): string | undefined {
  if (!address.startsWith('https://')) return address;
  fail(
    io,
    `-grpc-addr ${address}: a proxy reaches its agent without TLS: use http:// or no scheme`,
  );
  return undefined;
}

function withoutPort(tlsPort: number): string {
  return tlsPort > 0
    ? `The agent serves xDS only over TLS, on port ${tlsPort}: open a plain one, or name it with -grpc-addr`
    : 'The agent serves no xDS: start it with -grpc-port 8502, or name another with -grpc-addr';
}

/** A sidecar runs beside its agent, unless the agent is reached at an address of another machine. */
function agentHost(client: Client): string {
  const { address } = client.connection;
  if (address.kind === 'unix' || /^(127\.|localhost$|::1$)/.test(address.host)) return 'localhost';
  return address.host.includes(':') ? `[${address.host}]` : address.host;
}
