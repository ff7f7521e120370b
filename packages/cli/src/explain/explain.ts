import { askMesh } from '../ask-mesh.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { servicePair } from '../intention/pair.ts';
import { keyValues } from '../key-values.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { asciiFlag } from '../output/signs.ts';

/** The exit code for a question that could not be answered: 1 means denied. */
const unanswered = 2;

/** `explain` */
export const command: Command = {
  usage: '[-method M] [-path P] [-header k=v] SRC DST',
  about:
    'Says whether one service may connect to another, and why: where it dials, who is an endpoint, every intention that was considered, the clause of the filter in Envoy, and which proxies have acknowledged it. With a method, a path or headers also what the intentions say of such a request. Exit code 0: allowed, 1: denied, 2: an error.',
  examples: ['explain web db', 'explain -method GET -path /v1/users web api'],
  flags: [
    { name: 'method', kind: 'text', value: 'GET', about: 'The method of a request (GET).' },
    { name: 'path', kind: 'text', value: '/path', about: 'The path of a request (/).' },
    {
      name: 'header',
      kind: 'list',
      value: 'k=v',
      about: 'A header of a request; may be repeated.',
    },
    formatFlag,
    asciiFlag,
    ...httpFlags,
  ],
  operands: ['source', 'service'],
  failureCode: unanswered,
  async run(call) {
    const question = questionOf(call);
    if (!question.ok) return fail(call.io, question.message, unanswered);
    return await askMesh(
      call,
      'Error explaining the connection',
      async (mesh) => {
        const explained = await mesh.intentions.explain(question.value);
        if (wantsJson(call)) {
          const { messageJson } = await import('@chancery/mesh-api/client');
          const { ExplainResponseSchema } = await import('@chancery/mesh-api/v1/intentions');
          printJson(call.io, messageJson(ExplainResponseSchema, explained));
        } else {
          const { printExplanation } = await import('./print-explanation.ts');
          printExplanation(call, explained);
        }
        return explained.allowed ? 0 : 1;
      },
      unanswered,
    );
  },
};

interface Question {
  readonly source: string;
  readonly destination: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Asked =
  | { readonly ok: true; readonly value: Question }
  | { readonly ok: false; readonly message: string };

function questionOf({ flags, args }: Call): Asked {
  const [from, to, ...more] = args;
  if (from === undefined || to === undefined || more.length > 0) {
    return { ok: false, message: 'Error: command requires exactly two arguments: src and dst' };
  }
  const pair = servicePair(from, to);
  const headers = keyValues('header', flags.list('header'));
  if (!pair.ok) return pair;
  if (!headers.ok) return headers;
  const { source, destination } = pair;
  const method = flags.text('method');
  const path = flags.text('path');
  return {
    ok: true,
    value: {
      source,
      destination,
      ...(method !== undefined && { method }),
      ...(path !== undefined && { path }),
      headers: headers.value,
    },
  };
}
