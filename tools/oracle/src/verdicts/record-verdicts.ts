import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConsulCall } from '../consul-api.ts';

/** What the runs of a check find one after the other, a letter a run: passing, warning or critical. */
export interface VerdictQuestion {
  readonly thresholds: {
    readonly successBeforePassing: number;
    readonly failuresBeforeWarning: number;
    readonly failuresBeforeCritical: number;
  };
  readonly initial: string;
  readonly found: string;
}

/** The same, with the status of the check after each run. */
export interface RecordedVerdicts extends VerdictQuestion {
  readonly verdicts: string;
}

const statusCodes: ReadonlyMap<string, number> = new Map([
  ['P', 200],
  ['W', 429],
  ['C', 503],
]);

/**
 * Has a Consul run an HTTP check for each question, all at the same time, once a second. A run asks when the one before it
 * has been judged: so the verdict is read before each answer, and depends on no clock.
 */
export async function recordVerdicts(
  call: ConsulCall,
  questions: readonly VerdictQuestion[],
): Promise<readonly RecordedVerdicts[]> {
  const runs = questions.map((question, at) => new Run(call, `check-${at}`, question));
  const server = createServer((request, response) => {
    const run = runs[Number(request.url?.slice(1))];
    if (run === undefined) response.writeHead(404).end();
    else void run.answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    for (const [at, run] of runs.entries()) await run.begin(`http://127.0.0.1:${port}/${at}`);
    return await Promise.all(runs.map(({ recorded }) => recorded));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** One check, from its registration until its last verdict. */
class Run {
  readonly #call: ConsulCall;
  readonly #id: string;
  readonly #question: VerdictQuestion;
  readonly #end: PromiseWithResolvers<RecordedVerdicts> = Promise.withResolvers();
  #answered = 0;
  #verdicts = '';

  constructor(call: ConsulCall, id: string, question: VerdictQuestion) {
    this.#call = call;
    this.#id = id;
    this.#question = question;
  }

  get recorded(): Promise<RecordedVerdicts> {
    return this.#end.promise;
  }

  async begin(url: string): Promise<void> {
    const { thresholds, initial } = this.#question;
    await this.#call('PUT', '/v1/agent/check/register', {
      ID: this.#id,
      Name: this.#id,
      HTTP: url,
      Interval: '1s',
      Status: initial,
      SuccessBeforePassing: thresholds.successBeforePassing,
      FailuresBeforeWarning: thresholds.failuresBeforeWarning,
      FailuresBeforeCritical: thresholds.failuresBeforeCritical,
    });
  }

  async answer(response: ServerResponse): Promise<void> {
    try {
      if (this.#answered > 0) this.#verdicts += await this.#status();
      const letter = this.#question.found[this.#answered];
      this.#answered += 1;
      response.writeHead(statusCodes.get(letter ?? 'P') ?? 500).end();
      if (letter !== undefined) return;
      await this.#call('PUT', `/v1/agent/check/deregister/${this.#id}`);
      this.#end.resolve({ ...this.#question, verdicts: this.#verdicts });
    } catch (cause) {
      this.#end.reject(cause);
    }
  }

  async #status(): Promise<string> {
    const checks = (await this.#call('GET', '/v1/agent/checks')) as Readonly<
      Record<string, { readonly Status: string }>
    >;
    return checks[this.#id]?.Status[0]?.toUpperCase() ?? '?';
  }
}

/** The table as it is kept: a line a sequence. */
export function formatVerdicts(recorded: readonly RecordedVerdicts[]): string {
  return `[\n${recorded.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`;
}
