import { connect } from 'node:net';
import { type Client, formatAddress } from '@chancery/client';
import type { Call } from '../command.ts';
import { ownVersion } from '../own-version.ts';
import { type Finding, findingsOf } from './finding.ts';
import { within } from './within.ts';

const { ok, warning, failed, skipped } = findingsOf('agent');
type Self = Awaited<ReturnType<Client['agent']['self']>>;

/** What was found of the way to the agent; whether there is one at its end. */
export interface AgentReach {
  readonly answers: boolean;
  readonly findings: readonly Finding[];
}

/** Whether an agent answers, which one it is, and whether proxies reach it. */
export async function reachAgent(client: Client, call: Call, limitMs: number): Promise<AgentReach> {
  const began = performance.now();
  const asked = await within(limitMs, (signal) => selfOf(client, signal));
  const url = formatAddress(client.connection.address);
  if (asked.kind === 'late') {
    const message = `${url} does not answer within ${limitMs / 1000} s`;
    const hint =
      'it hangs, or another program listens there: see its log, or name another with -http-addr';
    return { answers: false, findings: [failed('HTTP API', message, hint)] };
  }
  if (asked.kind === 'failed') return { answers: false, findings: [unreached(url, asked.error)] };
  const tookMs = Math.round(performance.now() - began);
  const api = ok('HTTP API', `${url} answers, in ${tookMs} ms`);
  const version = versionFinding(asked.value);
  return {
    answers: version.status !== 'failed',
    findings: [api, version, await xdsFinding(asked.value, client, call, limitMs)],
  };
}

async function selfOf({ connection }: Client, signal: AbortSignal): Promise<Self> {
  const { text } = await connection.send({ method: 'GET', path: '/v1/agent/self', signal });
  const self = JSON.parse(text) as Partial<Self> | null;
  if (self?.Config === undefined) throw new Error('what answers there is no agent');
  return self as Self;
}

function unreached(url: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  const hint =
    'start an agent with: chancery agent -dev; or name the one that runs with -http-addr';
  return failed('HTTP API', `no agent answers at ${url}: ${reason}`, hint);
}

/** Agents say `1.20.1+chancery.0.1.0`: Consul's version, whose API they speak, and their own. */
function versionFinding({ Config: { Version: told } }: Self): Finding {
  const own = ownVersion();
  const [, version] = /\+chancery\.(.+)$/.exec(told) ?? [];
  if (version === undefined) {
    const message = `what answers is no Chancery agent: it calls itself ${told || 'nothing'}`;
    return failed('version', message, 'name a Chancery agent with -http-addr');
  }
  if (version === own) return ok('version', `agent and command line are both ${own}`);
  const message = `the agent is ${version}, and this command line ${own}`;
  return warning('version', message, 'take both from one release, and start the agent again');
}

async function xdsFinding(
  { xDS }: Self,
  client: Client,
  { io }: Call,
  limitMs: number,
): Promise<Finding> {
  const given = io.environment.CONSUL_GRPC_ADDR?.replace(/^https?:\/\//, '');
  const port = xDS?.Ports.Plaintext ?? -1;
  if (!given && port <= 0) {
    const hint = 'give the agent -grpc-port 8502, or ports { grpc = 8502 } in its configuration';
    return warning('xDS', 'the agent serves no proxy: its gRPC port is off', hint);
  }
  const place = given ? placeOf(given) : { host: hostOf(client), port };
  if (place === undefined) return skipped('xDS', `CONSUL_GRPC_ADDR ${given} is no host:port`);
  const shown = `${place.host}:${place.port}`;
  const opened = await within(limitMs, (signal) => isOpen(place, signal));
  if (opened.kind === 'done' && opened.value)
    return ok('xDS', `${shown} takes connections of proxies`);
  const how = opened.kind === 'late' ? `does not answer within ${limitMs / 1000} s` : 'is closed';
  const hint = 'see `addresses { grpc }` of the agent; a firewall may stand between';
  return failed('xDS', `${shown} ${how}: no proxy on this machine reaches the agent`, hint);
}

interface Place {
  readonly host: string;
  readonly port: number;
}

function placeOf(address: string): Place | undefined {
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(address) ?? [];
  return host === '' ? undefined : { host, port: Number(port) };
}

function hostOf({ connection: { address } }: Client): string {
  return address.kind === 'unix' ? '127.0.0.1' : address.host;
}

function isOpen({ host, port }: Place, signal: AbortSignal): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host, port, signal });
    const end = (open: boolean): void => {
      socket.destroy();
      settle(open);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
