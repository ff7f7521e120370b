import { steadyAnswer, toldHeaders } from '@chancery/testing';
import type { ConsulAnswer, ConsulCall, ConsulExchange } from '../consul-api.ts';
import type { Ask, Sequence } from './exchange-sequences.ts';

/** What was asked and answered, without what differs from agent to agent. */
export interface RecordedExchange extends Ask {
  readonly status: number;
  /** What clients read of the headers. */
  readonly headers: string;
  /** The JSON of the answer, or its text. */
  readonly answer: unknown;
}

/** A sequence with what came of it. */
export interface RecordedSequence {
  readonly name: string;
  readonly exchanges: readonly RecordedExchange[];
}

/** Where answers are had from. */
export interface AskedConsul {
  readonly call: ConsulCall;
  readonly exchange: ConsulExchange;
}

/** Plays each sequence on a Consul without config entries. */
export async function recordExchanges(
  consul: AskedConsul,
  sequences: readonly Sequence[],
): Promise<readonly RecordedSequence[]> {
  const recorded: RecordedSequence[] = [];
  for (const { name, asks } of sequences) {
    const exchanges: RecordedExchange[] = [];
    for (const ask of asks) {
      const { method, path, body } = ask;
      exchanges.push({ ...ask, ...answered(await consul.exchange(method, path, body)) });
    }
    recorded.push({ name, exchanges });
    await deleteEntries(consul.call);
  }
  return recorded;
}

function answered({ status, headers, text }: ConsulAnswer): Omit<RecordedExchange, keyof Ask> {
  const isJson = headers['content-type'] === 'application/json';
  const answer = isJson ? steadyAnswer(JSON.parse(text)) : text;
  return { status, headers: toldHeaders(headers), answer };
}

/** In an order in which none is needed by one that is still there. */
const kinds = [
  ...['ingress-gateway', 'terminating-gateway', 'service-intentions', 'jwt-provider'],
  ...['service-router', 'service-splitter', 'service-resolver', 'service-defaults'],
  ...['proxy-defaults', 'exported-services', 'mesh'],
];

async function deleteEntries(call: ConsulCall): Promise<void> {
  // A splitter or redirect may need another one that is deleted before it.
  for (let round = 0; round < 3; round += 1) {
    for (const kind of kinds) {
      const entries = (await call('GET', `/v1/config/${kind}`)) as readonly { Name?: string }[];
      for (const { Name: name = kind } of entries) {
        await call('DELETE', `/v1/config/${kind}/${encodeURIComponent(name)}`).catch((error) => {
          if (round === 2) throw error;
        });
      }
    }
  }
}

/** The sequences as JSON with one exchange a line, so that a difference can be read. */
export function formatExchanges(
  consul: string,
  recorded: string,
  sequences: readonly RecordedSequence[],
): string {
  const lines = sequences.map(({ name, exchanges }) => {
    const each = exchanges.map((exchange) => `      ${JSON.stringify(exchange)}`).join(',\n');
    return `    { "name": ${JSON.stringify(name)}, "exchanges": [\n${each}\n    ] }`;
  });
  const head = `  "consul": ${JSON.stringify(consul)},\n  "recorded": ${JSON.stringify(recorded)},`;
  return `{\n${head}\n  "sequences": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
