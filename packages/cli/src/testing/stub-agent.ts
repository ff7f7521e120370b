import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Environment, Io } from '../io.ts';
import { run } from '../run.ts';

/** What a stub answers: JSON with 200, a status and a text, or whatever a listener does. */
export type StubAnswer =
  | object
  | boolean
  | readonly unknown[]
  | { readonly status: number; readonly text: string }
  | RequestListener;

/** An agent that answers by a table of `METHOD /path?query`, and remembers what it was asked. */
export interface StubAgent extends AsyncDisposable {
  readonly address: string;
  /** `METHOD /path?query`, with the body behind it where there was one. */
  readonly asked: readonly string[];
  /** The header of the last request. */
  readonly lastToken: () => string | undefined;
}

/** Starts a stub; what is not in its table is answered with 404. Warnings go with every answer. */
export async function startStubAgent(
  answers: Readonly<Record<string, StubAnswer>>,
  { warnings = [] }: { readonly warnings?: string[] } = {},
): Promise<StubAgent> {
  const asked: string[] = [];
  let token: string | undefined;
  const note = async (request: IncomingMessage): Promise<StubAnswer> => {
    const line = `${request.method} ${request.url}`;
    const body = await text(request);
    asked.push(body === '' ? line : `${line} ${body}`);
    token = request.headers['x-consul-token'] as string | undefined;
    return answers[line] ?? { status: 404, text: 'nothing there' };
  };
  const server = createServer(async (request, response) => {
    const answer = await note(request);
    if (warnings.length > 0) response.setHeader('X-Chancery-Warning', warnings);
    if (typeof answer === 'function') answer(request, response);
    else respond(response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    lastToken: () => token,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function respond(response: ServerResponse, answer: object | boolean): void {
  const isText = typeof answer === 'object' && 'status' in answer && 'text' in answer;
  response.statusCode = isText ? Number(answer.status) : 200;
  response.end(isText ? String(answer.text) : JSON.stringify(answer));
}

/** What a command printed, and its exit code. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line against an agent. */
export async function chancery(
  line: string | readonly string[],
  agent?: Pick<StubAgent, 'address'>,
  environment: Environment = {},
  input?: string,
): Promise<Printed> {
  const out: string[] = [];
  const err: string[] = [];
  const address = agent === undefined ? {} : { CONSUL_HTTP_ADDR: agent.address };
  const io: Io = {
    out: (each) => out.push(each),
    err: (each) => err.push(each),
    environment: { ...address, ...environment },
    ...(input !== undefined && { input: async () => input }),
  };
  const code = await run(typeof line === 'string' ? line.split(' ') : line, io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
