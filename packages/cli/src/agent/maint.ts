import type { AgentCheck, Client } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import type { Flags } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';

/** `maint` */
export const command: Command = {
  usage: '[-enable|-disable] [-service ID] [-reason TEXT]',
  about:
    "Takes the agent's node, or one service on it, out of service and back: while it is out, nobody is sent there. With neither flag it lists what is out of service, and why.",
  examples: [
    'maint -enable -service web -reason "new disk"',
    'maint -disable -service web',
    'maint',
  ],
  flags: [
    { name: 'enable', kind: 'switch', about: 'Take it out of service.' },
    { name: 'disable', kind: 'switch', about: 'Put it back.' },
    {
      name: 'service',
      kind: 'text',
      value: 'ID',
      about: 'Only this service: its ID, not its name.',
      completes: 'service-id',
    },
    { name: 'reason', kind: 'text', value: 'text', about: 'Why, for those who wonder.' },
    formatFlag,
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const problem = mistake(flags);
    if (problem !== undefined) return fail(io, problem);
    if (!flags.on('enable') && !flags.on('disable')) return await list(call);
    return await change(call, flags.on('enable'));
  },
};

function mistake(flags: Flags): string | undefined {
  const [enable, disable] = [flags.on('enable'), flags.on('disable')];
  if (enable && disable) return 'Only one of -enable or -disable may be provided';
  if (!enable && flags.text('reason')) return 'Reason may only be provided with -enable';
  if (!enable && !disable && flags.text('service')) {
    return 'Service requires either -enable or -disable';
  }
  return undefined;
}

async function change(call: Call, enable: boolean): Promise<number> {
  const { flags, io } = call;
  const service = flags.text('service');
  const maintenance = enable
    ? { enable, reason: flags.text('reason') ?? '' }
    : { enable: false as const };
  const what = service ? 'service' : 'node';
  const tried = `Error ${enable ? 'enabling' : 'disabling'} ${what} maintenance`;
  return await askAgent(call, tried, async ({ agent }) => {
    const state = `maintenance is now ${enable ? 'enabled' : 'disabled'}`;
    if (service) {
      await agent.maintainService(service, maintenance);
      io.out(`Service ${state} for ${JSON.stringify(service)}`);
    } else {
      await agent.maintainNode(maintenance);
      io.out(`Node ${state}`);
    }
    return 0;
  });
}

const nodeCheck = '_node_maintenance';
const serviceCheck = '_service_maintenance:';

async function list(call: Call): Promise<number> {
  const { io } = call;
  return await askAgent(call, 'Error querying Consul agent', async (client) => {
    const checks = await maintenanceChecks(client);
    if (wantsJson(call)) printJson(io, checks);
    for (const check of wantsJson(call) ? [] : checks) io.out(card(check));
    return 0;
  });
}

/** The node first, then the services by their IDs. */
async function maintenanceChecks({ agent }: Client): Promise<readonly AgentCheck[]> {
  const checks = Object.values(await agent.checks());
  const services = checks.filter(({ CheckID }) => CheckID.startsWith(serviceCheck));
  return [
    ...checks.filter(({ CheckID }) => CheckID === nodeCheck),
    ...services.sort((a, b) => (a.ServiceID < b.ServiceID ? -1 : 1)),
  ];
}

function card({ CheckID, Node, ServiceID, Notes }: AgentCheck): string {
  return CheckID === nodeCheck
    ? `Node:\n  Name:   ${Node}\n  Reason: ${Notes}\n`
    : `Service:\n  ID:     ${ServiceID}\n  Reason: ${Notes}\n`;
}
