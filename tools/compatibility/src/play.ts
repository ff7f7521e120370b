import { request } from 'node:http';
import {
  type AgentUnderTest,
  agentEnvironment,
  runToEnd,
  temporaryFolder,
} from '@chancery/testing';
import {
  type Answer,
  type CommandStep,
  commandTitle,
  type Printed,
  type Step,
  stepTitle,
} from './exchange.ts';
import { normalisedAnswer, normalisedLines, type Stands, shapeOf } from './normalise.ts';
import { writeCommandFiles } from './setting.ts';

/** What one side answered to each step, in the order of the script. */
export type Played<T> = readonly {
  readonly title: string;
  readonly from: string;
  readonly got: T;
}[];

/** Sends every request of a script, one after the other. */
export async function playHttp(
  port: number,
  script: readonly Step[],
  stands: Stands,
): Promise<Played<Answer>> {
  const played = [];
  for (const step of script) {
    const got = normalisedAnswer(await exchange(port, step), stands);
    const shown = step.shapeOnly ? { ...got, body: shapeOf(got.body) } : got;
    played.push({ title: stepTitle(step), from: step.from, got: shown });
  }
  return played;
}

/** Runs every command of a script with one program against one agent. */
export async function playCommands(
  program: string,
  agent: Pick<AgentUnderTest, 'ports'>,
  script: readonly CommandStep[],
  stands: Stands,
): Promise<Played<Printed>> {
  await using folder = await temporaryFolder();
  await writeCommandFiles(folder.path);
  const env = agentEnvironment(agent.ports);
  const played = [];
  for (const step of script) {
    const args = step.args.map((arg) => arg.replace('@http@', String(agent.ports.http)));
    const { code, output } = await runToEnd({ program, args, env, cwd: folder.path });
    const lines = normalisedLines(output.trimEnd(), stands);
    played.push({ title: commandTitle(step), from: step.from, got: { code, lines } });
  }
  return played;
}

/** One exchange as it was. */
export function exchange(port: number, { method, path, headers, body }: Step): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request(
    { host: '127.0.0.1', port, method, path, headers: { ...headers } },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: singleValued(response.headers),
          body: bodyOf(Buffer.concat(chunks).toString(), response.headers['content-type'] ?? ''),
        }),
      );
    },
  );
  asked.on('error', reject);
  asked.end(body);
  return promise;
}

function singleValued(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

function bodyOf(text: string, type: string): unknown {
  return type.startsWith('application/json') && text !== '' ? JSON.parse(text) : text;
}
