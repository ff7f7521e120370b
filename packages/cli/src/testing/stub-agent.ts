import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Environment, Io } from '../io.ts';
import { run } from '../run.ts';

/** What a stub answers: JSON with 200, or a status and a text. */
export type StubAnswer =
  | object
  | readonly unknown[]
  | { readonly status: number; readonly text: string };

/** An agent that answers by a table of `METHOD /path?query`, and remembers what it was asked. */
export interface StubAgent extends AsyncDisposable {
  readonly address: string;
  /** `METHOD /path?query`, with the body behind it where there was one. */
  readonly asked: readonly string[];
  /** The header of the last request. */
  readonly lastToken: () => string | undefined;
}

/** Starts a stub; what is not in its table is answered with 404. */
export async function startStubAgent(
  answers: Readonly<Record<string, StubAnswer>>,
): Promise<StubAgent> {
  const asked: string[] = [];
  let token: string | undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const line = `${request.method} ${request.url}`;
      const body = Buffer.concat(chunks).toString();
      asked.push(body === '' ? line : `${line} ${body}`);
      token = request.headers['x-consul-token'] as string | undefined;
      const answer = answers[line] ?? { status: 404, text: 'nothing there' };
      response.statusCode = 'status' in answer ? Number(answer.status) : 200;
      response.end(
        'status' in answer && 'text' in answer ? String(answer.text) : JSON.stringify(answer),
      );
    });
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

/** What a command printed, and its exit code. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line against an agent. */
export async function chancery(
  line: string | readonly string[],
  agent?: StubAgent,
  environment: Environment = {},
): Promise<Printed> {
  const out: string[] = [];
  const err: string[] = [];
  const address = agent === undefined ? {} : { CONSUL_HTTP_ADDR: agent.address };
  const io: Io = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    environment: { ...address, ...environment },
  };
  const code = await run(typeof line === 'string' ? line.split(' ') : line, io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
