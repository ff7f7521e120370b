import { askMesh } from '../ask-mesh.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import type { Flag } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { historyLines } from './history-lines.ts';
import { allFlag, extentOf, printLines } from './print-lines.ts';

const historyFlags: readonly Flag[] = [
  {
    name: 'n',
    kind: 'number',
    value: 'count',
    about: 'How many changes; 20 unless given, 1000 at most.',
  },
  {
    name: 'kind',
    kind: 'text',
    value: 'kind',
    completes: 'entry-kind',
    about: 'Only changes of this kind: that of a config entry, service, node or check.',
  },
  { name: 'name', kind: 'text', value: 'name', about: 'Only changes of what has this name.' },
  {
    name: 'before',
    kind: 'number',
    value: 'revision',
    about: 'Only what came before this revision.',
  },
];

const usualCount = 20;

/** `history` */
export const command: Command = {
  usage: '[-n COUNT] [-kind KIND] [-name NAME] [-before REVISION] [-all] [-format json]',
  about:
    'Lists what was changed of all that is declared, newest first: when, by whom, why, and each field. What health checks found is not among it.',
  examples: ['history', 'history -kind service-intentions -name db', 'history -n 5 -all'],
  flags: [...historyFlags, allFlag, formatFlag, ...httpFlags],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const question = {
      limit: flags.number('n') ?? usualCount,
      before: BigInt(flags.number('before') ?? 0),
      kind: flags.text('kind') ?? '',
      name: flags.text('name') ?? '',
    };
    if (question.limit < 1) {
      return fail(io, 'invalid value "0" for flag -n: it must be 1 or more');
    }
    const part = partOf(flags);
    return await askMesh(call, 'Error reading the history', async ({ changes }) => {
      const history = await changes.listHistory(question);
      if (wantsJson(call)) printJson(io, (await import('./change-json.ts')).historyJson(history));
      else printLines(io, historyLines(history, extentOf(call), part));
      return 0;
    });
  },
};

/** What is asked for, where that is not all: `the kind proxy-defaults before revision 9`. */
function partOf(flags: Call['flags']): string {
  const [kind, name, before] = ['kind', 'name', 'before'].map((flag) => flags.text(flag));
  const what = [
    ...(kind === undefined ? [] : [`the kind ${JSON.stringify(kind)}`]),
    ...(name === undefined ? [] : [`the name ${JSON.stringify(name)}`]),
  ].join(' and ');
  const until = before === undefined ? '' : `before revision ${before}`;
  return [what === '' && until !== '' ? 'anything' : what, until].filter(Boolean).join(' ');
}
