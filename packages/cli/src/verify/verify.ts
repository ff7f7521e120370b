import type { MeshClient } from '@chancery/mesh-api/client';
import { askMesh } from '../ask-mesh.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import type { Flag } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { printJson } from '../output/format.ts';
import { asciiFlag } from '../output/signs.ts';
import { changeFlags, changeInQuestion } from './change-in-question.ts';
import type { Verified } from './verified.ts';

/** The exit code where it is not known whether the rules hold: 1 means that they do not. */
const unchecked = 2;

const ownFlags: readonly Flag[] = [
  {
    name: 'f',
    kind: 'list',
    value: 'path',
    about:
      'A file of rules in HCL or JSON, a folder of them, or - for standard input; may be given several times.',
    completes: 'file',
  },
  ...changeFlags,
  { name: 'strict', kind: 'switch', about: 'Fail on intentions without effect too.' },
  {
    name: 'format',
    kind: 'text',
    value: 'pretty|json|junit',
    about: 'Lines for people (pretty, unless given), JSON, or XML of JUnit for a CI system.',
    choices: ['pretty', 'json', 'junit'],
  },
  asciiFlag,
];

/** `verify` */
export const command: Command = {
  usage: '-f RULES [-f ...] [-with ENTRIES [-prune]] [-strict] [-format pretty|json|junit]',
  about:
    'Holds the mesh to assertions about who may reach whom, and finds intentions that have no effect. ' +
    'What counts is what the intentions and the default policy allow, whether or not a sidecar declares the upstream. ' +
    'An assert block has one of never = "web -> db", reachable = "web -> db", or only = ["api", "batch"] with to = "db"; ' +
    '* stands for any service, transitive = true counts ways by other services, and name says what it is for. ' +
    'Exit code 0: all hold, 1: some do not, 2: it could not be checked.',
  examples: [
    'verify -f rules.hcl',
    'verify -f rules.hcl -with change.hcl',
    'verify -f rules/ -format junit > verify.xml',
  ],
  flags: [...ownFlags, ...httpFlags],
  failureCode: unchecked,
  async run(call) {
    const { flags, io, args } = call;
    const paths = flags.list('f');
    if (args.length > 0) return fail(io, `Files are given by -f: -f ${args[0]}`, unchecked);
    if (paths.length === 0) {
      return fail(io, 'Must name the rules with -f: chancery verify -f rules.hcl', unchecked);
    }
    const { rulesFromFiles } = await import('./rules-files.ts');
    const rules = await rulesFromFiles(paths, io);
    if (!rules.ok) return fail(io, rules.lines.join('\n'), unchecked);
    const asked = changeInQuestion(call);
    if (!asked.ok) return fail(io, asked.lines.join('\n'), unchecked);
    for (const note of asked.notes) io.err(`Warning: ${note}`);
    const { assertionMessage } = await import('./assertion-message.ts');
    const assertions = rules.assertions.map(assertionMessage);
    const question = { assertions, ...(asked.change && { change: asked.change }) };
    const work = (mesh: MeshClient): Promise<number> => answer(call, mesh, question);
    return await askMesh(call, 'Error verifying the mesh', work, unchecked);
  },
};

type Question = Parameters<MeshClient['intentions']['verify']>[0];

async function answer(call: Call, { intentions }: MeshClient, question: Question): Promise<number> {
  const found = await intentions.verify(question);
  const verified = { found, strict: call.flags.on('strict') };
  const { holds } = await import('./verified.ts');
  await print(call, verified);
  return holds(verified) ? 0 : 1;
}

async function print(call: Call, verified: Verified): Promise<void> {
  const format = call.flags.text('format');
  if (format === 'json') {
    const { verifiedJson } = await import('./verified.ts');
    printJson(call.io, verifiedJson(verified));
  } else if (format === 'junit') {
    const { junitReport } = await import('./junit.ts');
    call.io.out(junitReport(verified));
  } else {
    const { printVerified } = await import('./print-verified.ts');
    printVerified(call, verified);
  }
}
