import type { Client } from '@chancery/client';
import type { TcpProxyOptions } from '@chancery/tcp-proxy';
import { connectionOptions, withClient } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import type { Flag } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { interruption } from '../interruption.ts';
import { envoyFlags } from './envoy-flags.ts';
import { createLog, parseLogLevel } from './log-level.ts';
import { chosenProxy, registeredProxy } from './proxy-id.ts';
import { xdsAddress } from './xds-address.ts';

const shared: readonly string[] = ['sidecar-for', 'proxy-id', 'grpc-addr'];

const flags: readonly Flag[] = [
  ...envoyFlags.filter(({ name }) => shared.includes(name)),
  {
    name: 'log-level',
    kind: 'text',
    value: 'level',
    about: 'The least level that is logged: trace, debug, info (unless given), warn or error.',
    completes: ['trace', 'debug', 'info', 'warn', 'error'],
  },
  ...httpFlags,
];

/** `connect proxy` */
export const command: Command = {
  usage: '-sidecar-for ID [flags]',
  about:
    'Runs the built-in proxy in the foreground as the sidecar of a service, to try things out where there is no Envoy. It enforces mutual TLS and intentions on TCP connections, and ends with an interrupt.',
  examples: ['connect proxy -sidecar-for web'],
  flags,
  async run(call) {
    const { io } = call;
    const level = call.flags.text('log-level') ?? 'info';
    const least = parseLogLevel(level);
    if (least === undefined) {
      const valid = 'TRACE DEBUG INFO WARN ERR ERROR';
      return fail(io, `==> Invalid log level: ${level}. Valid log levels are: [${valid}]`);
    }
    if (call.args.length > 0) return fail(io, '==> Should have no non-flag arguments.');
    io.out('==> Starting the built-in Connect proxy');
    let source: ProxySource | undefined;
    const code = await withClient(preparing(call), async (client) => {
      source = await proxySource(client, preparing(call));
      return source === undefined ? 1 : 0;
    });
    if (source === undefined) return code;
    tellSource(source, call);
    return await untilSignal({ ...source, log: createLog(least, io, 'proxy') }, call);
  },
};

type ProxySource = Omit<TcpProxyOptions, 'log'>;

/** What goes wrong before the proxy runs is told as Consul tells it. */
function preparing(call: Call): Call {
  const { io } = call;
  return {
    ...call,
    io: { ...io, err: (text) => io.err(`==> Error preparing configuration: ${text}`) },
  };
}

async function proxySource(client: Client, call: Call): Promise<ProxySource | undefined> {
  const proxyId = await chosenProxy(client, call);
  const proxy = proxyId && (await registeredProxy(client, proxyId, call));
  const address = proxy && (await xdsAddress(client, call));
  const connection = connectionOptions(call);
  if (!proxy || !address || typeof connection === 'string') return undefined;
  return {
    xdsAddress: address,
    nodeId: proxy.ID,
    cluster: proxy.Proxy?.DestinationServiceName ?? '',
    token: connection.token ?? '',
  };
}

function tellSource({ cluster, nodeId, xdsAddress: address }: ProxySource, { io }: Call): void {
  io.out(`           Service: ${cluster}`);
  io.out(`          Proxy ID: ${nodeId}`);
  io.out(`               xDS: ${address}`);
  io.out('\n==> It runs; its log follows. Interrupt it to end it.\n');
}

/** Runs the proxy until SIGINT or SIGTERM; a second one ends the process at once, as it does by default. */
async function untilSignal(options: TcpProxyOptions, call: Call): Promise<number> {
  const { createTcpProxy } = await import('@chancery/tcp-proxy');
  using interrupted = interruption();
  try {
    await createTcpProxy(options).run(interrupted.signal);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail(call.io, `==> Error preparing configuration: -grpc-addr: ${error.message}`);
  }
  call.io.out('==> The built-in Connect proxy has ended');
  return 0;
}
