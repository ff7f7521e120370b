import { readFileSync } from 'node:fs';
import { steadyAnswer, toldHeaders } from '@chancery/testing';
import { expect, test } from 'vitest';
import { type Answered, ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly status: number;
  readonly headers: string;
  readonly answer: unknown;
}

/** Recorded from a real Consul; `tools/oracle/src/exchanges/record-exchanges-main.ts` records it anew. */
const { sequences } = JSON.parse(
  readFileSync(new URL('../../testdata/consul-config-exchanges.json', import.meta.url), 'utf8'),
) as {
  sequences: readonly { readonly name: string; readonly exchanges: readonly Exchange[] }[];
};

test.each(sequences)('as in Consul: $name', async ({ exchanges }) => {
  await using agent = await startInMemoryAgent();
  for (const { method, path, body, ...answered } of exchanges) {
    const line = `${method} ${path}`;
    const answer = seen(await ask(agent, line, body === undefined ? {} : { body }));
    expect.soft([line, body, answer]).toEqual([line, body, answered]);
  }
});

function seen({ status, headers, text }: Answered): Omit<Exchange, 'method' | 'path' | 'body'> {
  const isJson = headers['content-type'] === 'application/json';
  const answer = isJson ? steadyAnswer(JSON.parse(text)) : text;
  return { status, headers: toldHeaders(headers), answer };
}
