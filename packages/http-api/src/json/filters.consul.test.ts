import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';

interface Recorded {
  readonly fixtures: readonly { readonly path: string; readonly body: unknown }[];
  readonly recordings: readonly {
    readonly list: string;
    readonly answers: readonly {
      readonly expression: string;
      readonly left?: readonly number[];
      readonly refusal?: string;
    }[];
  }[];
}

/** What a real Consul answered over HTTP: the same registrations and filters are sent to the API here. */
const { fixtures, recordings } = JSON.parse(
  readFileSync(new URL('../../../filter/testdata/consul-filters.json', import.meta.url), 'utf8'),
) as Recorded;

async function withFixtures(): Promise<InMemoryAgent> {
  const agent = await startInMemoryAgent();
  for (const { path, body } of fixtures) {
    const { status, text } = await ask(agent, `PUT ${path}`, { body });
    expect({ status, text }).toMatchObject({ status: 200 });
  }
  return agent;
}

/** Consul gives what is reached through the mesh a virtual address, which it shows as a tagged one. There is none here. */
const differing: Readonly<Record<string, readonly number[]>> = {
  'Service.TaggedAddresses is empty': [0, 2, 3],
};

/** Without the node of the agent itself, which was not recorded either. */
function foreign(records: readonly { readonly Node?: unknown }[]): readonly object[] {
  return records.filter(({ Node }) => Node !== 'devnode');
}

test.each(recordings)('$list is filtered as by Consul', async ({ list, answers }) => {
  await using agent = await withFixtures();
  const all = foreign((await ask(agent, `GET ${list}`)).json).map((one) => JSON.stringify(one));
  const given: unknown[] = [];
  for (const { expression } of answers) {
    const path = `${list}?${new URLSearchParams({ filter: expression })}`;
    const answer = await ask(agent, `GET ${path}`);
    if (answer.status !== 200) given.push({ expression, refused: answer.status });
    else {
      const left = foreign(answer.json).map((one) => all.indexOf(JSON.stringify(one)));
      given.push({ expression, left });
    }
  }
  const expected = answers.map(({ expression, left }) => {
    if (left === undefined) return { expression, refused: 500 };
    return { expression, left: differing[expression] ?? left };
  });
  expect(given).toEqual(expected);
});
