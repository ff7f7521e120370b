import { describe, expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

const root = '/v1/connect/intentions';
const pair = `${root}/exact?source=web&destination=db`;
const body = { SourceName: 'web', DestinationName: 'db', Action: 'deny' };

describe('an intention with a time to live', () => {
  test('shows when it ends, by its pair, by its ID and in the list, until it is written without one', async () => {
    await using agent = await startInMemoryAgent();
    const { ID } = (await ask(agent, `POST ${root}?ttl=30m`, { body })).json;
    const ends = { ExpiresAt: '2026-11-23T15:53:25.000Z' };
    expect((await ask(agent, `GET ${pair}`)).json).toMatchObject(ends);
    expect((await ask(agent, `GET ${root}`)).json).toMatchObject([ends]);
    const read = (await ask(agent, `GET ${root}/${ID}`)).json;
    expect(read).toMatchObject(ends);
    await ask(agent, `PUT ${pair}&ttl=1h`, { body: { Action: 'allow' } });
    const later = { Action: 'allow', ExpiresAt: '2026-11-23T16:23:25.000Z' };
    expect((await ask(agent, `GET ${pair}`)).json).toMatchObject(later);
    await ask(agent, `PUT ${root}/${ID}?ttl=90s`, { body: { ...read, Action: 'deny' } });
    const sooner = { Action: 'deny', ExpiresAt: '2026-11-23T15:24:55.000Z' };
    expect((await ask(agent, `GET ${pair}`)).json).toMatchObject(sooner);
    // What was read may be written back: that is for good.
    expect((await ask(agent, `PUT ${root}/${ID}`, { body: read })).status).toBe(200);
    expect((await ask(agent, `GET ${pair}`)).json).not.toHaveProperty('ExpiresAt');
  });

  test.for([
    ['30', 'is no duration; give a number with a unit, such as 90s, 30m or 8h'],
    ['', 'is no duration; give a number with a unit, such as 90s, 30m or 8h'],
    ['-5m', 'is too short; give 1s or more, such as 30m'],
    ['10ms', 'is too short; give 1s or more, such as 30m'],
    [
      '10000h',
      'is more than a year; write the intention without a ttl, and delete it when it is over',
    ],
  ] as const)('?ttl=%s is refused: it %s', async ([ttl, why]) => {
    await using agent = await startInMemoryAgent();
    for (const line of [`POST ${root}?ttl=${ttl}`, `PUT ${pair}&ttl=${ttl}`]) {
      const refused = await ask(agent, line, { body });
      expect(refused).toMatchObject({ status: 400, text: `ttl: "${ttl}" ${why}` });
    }
    expect((await ask(agent, `GET ${root}`)).json).toEqual([]);
  });
});
