import { type ConnectionOptions, createClient } from '@chancery/client';
import { connectionOptions } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { asciiFlag } from '../output/signs.ts';
import { adminFindings } from './admin-findings.ts';
import { askDoctor } from './agent-findings.ts';
import { reachAgent } from './agent-reach.ts';
import { envoyFindings } from './envoy-findings.ts';
import { type Finding, findingsOf } from './finding.ts';
import { inGroups, printFindings } from './print-findings.ts';
import { proxyVersionFindings } from './proxy-versions.ts';

/** How long each look may take. */
const limitMs = 2_000;
/** The agent looks at everything at once, each for as long as that; and has to answer besides. */
const doctorMs = 2 * limitMs;

/** `check` */
export const command: Command = {
  usage: '[-format pretty|json] [-ascii] [-admin-addr HOST:PORT...]',
  about:
    'Says what is wrong with this machine, the agent and the mesh, and how to mend it. Each thing is looked at for 2 s at most; ' +
    'what cannot be looked at is said to be, and the rest is told all the same. ' +
    'Exit code 0: nothing failed, though there may be warnings, 1: something did.',
  examples: ['check', 'check -format json', 'check -admin-addr 127.0.0.1:19000'],
  flags: [
    { ...formatFlag, about: 'Lines for people (pretty, unless given), or JSON.' },
    asciiFlag,
    {
      name: 'admin-addr',
      kind: 'list',
      value: 'host:port',
      about:
        'An admin interface of Envoy to look at; those of the sidecars that connect envoy runs on this machine unless one is given.',
    },
    {
      name: 'envoy-binary',
      kind: 'text',
      value: 'path',
      about: 'The Envoy to look at (CHANCERY_ENVOY).',
      completes: 'file',
    },
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const options = connectionOptions(call);
    if (typeof options === 'string') return fail(call.io, options);
    const found = await Promise.all([
      agentAndMesh(options, call),
      envoyFindings(call, limitMs),
      adminFindings(call.flags.list('admin-addr'), limitMs),
    ]);
    const findings = found.flat();
    const failed = findings.filter(({ status }) => status === 'failed').length;
    if (wantsJson(call)) {
      printJson(call.io, { ok: failed === 0, findings: [...inGroups(findings).values()].flat() });
    } else printFindings(call, findings);
    return failed === 0 ? 0 : 1;
  },
};

async function agentAndMesh(options: ConnectionOptions, call: Call): Promise<readonly Finding[]> {
  using client = createClient(options);
  const { answers, findings } = await reachAgent(client, call, limitMs);
  if (!answers) return [...findings, unasked()];
  const told = await Promise.all([
    askDoctor(options, doctorMs),
    proxyVersionFindings(options, limitMs),
  ]);
  return [...findings, ...told.flat()];
}

function unasked(): Finding {
  const message =
    'configuration, data, certificates, proxies, services and intentions: only an agent knows them';
  return findingsOf('agent').skipped('mesh', message);
}
