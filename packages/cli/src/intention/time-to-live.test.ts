import { describe, expect, test } from 'vitest';
import { chancery, type StubAnswer, startStubAgent } from '../testing/stub-agent.ts';

const root = '/v1/connect/intentions';
const exact = `${root}/exact?destination=db&source=web`;
const existing = {
  ID: '65045252-cb6c-df66-c92f-3ad574e7975c',
  SourceName: 'web',
  DestinationName: 'db',
  Action: 'deny',
  Precedence: 9,
  CreatedAt: '2026-11-23T15:23:25Z',
};
const ending = { ...existing, ExpiresAt: '2026-11-23T15:53:25Z' };

async function printed(line: string, answers: Readonly<Record<string, StubAnswer>>) {
  await using agent = await startStubAgent(answers);
  return { ...(await chancery(line, agent)), asked: [...agent.asked] };
}

describe('-ttl', () => {
  test('asks for an intention that ends by itself, and says for how long it is', async () => {
    const ran = await printed('intention create -deny -ttl 30m web db', {
      [`POST ${root}?ttl=30m`]: { ID: existing.ID },
    });
    expect(ran).toMatchObject({ code: 0, out: 'Created: web => db (deny), for 30m', err: '' });
  });

  test('goes with -replace, by its ID and by its pair', async () => {
    const byId = await printed('intention create -deny -replace -ttl 1h web db', {
      [`GET ${exact}`]: existing,
      [`PUT ${root}/${existing.ID}?ttl=1h`]: {},
    });
    expect(byId).toMatchObject({ code: 0, err: '' });
    const { ID: _, ...withoutId } = existing;
    const byPair = await printed('intention create -deny -replace -ttl 1h web db', {
      [`GET ${exact}`]: withoutId,
      [`PUT ${exact}&ttl=1h`]: {},
    });
    expect(byPair).toMatchObject({ code: 0, err: '' });
  });

  test('that is no duration is refused as the agent says it', async () => {
    const text = 'ttl: "30" is no duration; give a number with a unit, such as 90s, 30m or 8h';
    const ran = await printed('intention create -ttl 30 web db', {
      [`POST ${root}?ttl=30`]: { status: 400, text },
    });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain(text);
  });
});

test('when an intention ends is shown of it, and in the list where one ends', async () => {
  const answers = { [`GET ${exact}`]: ending, [`GET ${root}`]: [ending] };
  const at = /\w+, 2[34]-Nov-26 \d\d:\d\d:25 \S+/;
  expect((await printed('intention get web db', answers)).out).toMatch(
    new RegExp(`\nEnds At: {6}${at.source}$`),
  );
  const { out } = await printed('intention list', answers);
  const [head = '', row = ''] = out.split('\n');
  expect(head.slice(head.indexOf('Ends At'))).toBe('Ends At');
  expect(row.slice(head.indexOf('Ends At'))).toMatch(at);
});
