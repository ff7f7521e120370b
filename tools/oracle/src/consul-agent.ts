import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '@chancery/testing';
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
  const child = spawn(binary, agentArguments({ http, server, serf }, defaultAction, token), {
    stdio: 'ignore',
  });
  const call = consulApi(http, token);
  try {
    await ready(child, call);
  } catch (cause) {
    child.kill();
    throw new Error(`${binary} did not start`, { cause });
  }
  return { call, exchange: consulExchange(http, token), [Symbol.asyncDispose]: () => stop(child) };
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

/** Waits until the agent knows the management token, which is the last thing a new Consul sets up. */
async function ready(child: ChildProcess, call: ConsulCall): Promise<void> {
  let failure: unknown;
  child.once('error', (error) => {
    failure = error;
  });
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (failure !== undefined || child.exitCode !== null) break;
    try {
      await call('GET', '/v1/acl/token/self');
      return;
    } catch (error) {
      failure = undefined;
      await sleep(100, undefined, { ref: true });
      if (attempt === 299) failure = error;
    }
  }
  throw new Error('no answer from its HTTP API', { cause: failure });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
