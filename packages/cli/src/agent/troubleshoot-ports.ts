import { connect } from 'node:net';
import { connectionOptions } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';

/** What an agent serves unless it is told otherwise: its HTTP API and its xDS. */
const defaultPorts = ['8500', '8502'];
const patienceMs = 5000;

/** `troubleshoot ports` */
export const command: Command = {
  usage: '[-host HOST] [-ports PORT,PORT...]',
  about:
    'Says which TCP ports of a host can be reached from here. Unless others are named, these are the ports of the HTTP API and of xDS, on the host of the agent that other commands talk to.',
  examples: ['troubleshoot ports -host 10.0.0.2 -ports 8500,8502'],
  flags: [
    { name: 'host', kind: 'text', value: 'host', about: 'The host to try.' },
    {
      name: 'ports',
      kind: 'text',
      value: 'ports',
      about: `The ports to try, with commas between them; ${defaultPorts.join(',')} unless given.`,
    },
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const found = agentHost(call);
    if (!found.ok) return fail(io, found.message);
    const { host } = found;
    const ports = flags.text('ports')?.split(',') ?? defaultPorts;
    const open = await Promise.all(ports.map((port) => isOpen(host, Number(port))));
    for (const [at, port] of ports.entries()) {
      const state = open[at] ? 'open' : 'closed, unreachable, or the connection timed out';
      io.out(`TCP: Port ${port} on ${host} is ${state}.`);
    }
    return 0;
  },
};

type Found =
  | { readonly ok: true; readonly host: string }
  | { readonly ok: false; readonly message: string };

function agentHost(call: Call): Found {
  const given = call.flags.text('host');
  if (given) return { ok: true, host: given };
  const options = connectionOptions(call);
  if (typeof options === 'string') return { ok: false, message: options };
  const { address } = options;
  return address.kind === 'tcp'
    ? { ok: true, host: address.host }
    : { ok: false, message: 'The agent is reached over a Unix socket: name a host with -host' };
}

function isOpen(host: string, port: number): Promise<boolean> {
  if (!(port > 0 && port < 65_536)) return Promise.resolve(false);
  return new Promise((settle) => {
    const socket = connect({ host, port, timeout: patienceMs });
    const end = (open: boolean): void => {
      socket.destroy();
      settle(open);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
