import { randomUUID } from 'node:crypto';
import { freePorts, startProgram, until } from '@chancery/testing';
import { type ConsulCall, type ConsulExchange, consulApi, consulExchange } from './consul-api.ts';

/** What happens in a Consul when no intention matches. */
export type DefaultAction = 'allow' | 'deny';

/** A real Consul in development mode, on ports of its own; it ends with the disposal. */
export interface ConsulAgent extends AsyncDisposable {
  readonly call: ConsulCall;
  readonly exchange: ConsulExchange;
}

/**
 * Starts a Consul. Its default for intentions comes from the default policy of its ACLs: the check
 * endpoint of Consul 1.20 does not look at `default_intention_policy`, only its proxies do.
 */
export async function startConsul(
  binary: string,
  defaultAction: DefaultAction,
): Promise<ConsulAgent> {
  const token = randomUUID();
  const [http = 0, server = 0, serf = 0] = await freePorts(3);
  const args = agentArguments({ http, server, serf }, defaultAction, token);
  const program = startProgram({ program: binary, args });
  const call = consulApi(http, token);
  try {
    // The management token is the last thing that a new Consul sets up.
    await until(() => call('GET', '/v1/acl/token/self'), {
      withinMs: 30_000,
      everyMs: 100,
      what: `${binary} started`,
      unless: () => !program.running,
    });
  } catch (cause) {
    await program.stop();
    throw new Error(`${binary} did not start: ${program.output()}`, { cause });
  }
  return { call, exchange: consulExchange(http, token), [Symbol.asyncDispose]: program.stop };
}

function agentArguments(
  ports: { readonly http: number; readonly server: number; readonly serf: number },
  defaultAction: DefaultAction,
  token: string,
): readonly string[] {
  const acl = `acl { enabled = true default_policy = "${defaultAction}" tokens { initial_management = "${token}" } }`;
  return [
    ...['agent', '-dev', '-node=oracle', '-log-level=err', `-hcl=${acl}`],
    ...[`-http-port=${ports.http}`, `-server-port=${ports.server}`],
    ...[`-serf-lan-port=${ports.serf}`, '-serf-wan-port=-1'],
    ...['-grpc-port=-1', '-grpc-tls-port=-1', '-dns-port=-1'],
  ];
}
