import { expect, test } from 'vitest';
import { linesOf } from '../lines.ts';
import { run } from '../run.ts';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

test('lines are printed as they come, until an interrupt', async () => {
  const gone = Promise.withResolvers<void>();
  await using agent = await startStubAgent({
    'GET /v1/agent/monitor?logjson=true&loglevel=debug': (_request, response) => {
      response.on('close', () => gone.resolve());
      response.write('{"a":1}\n{"a"');
      setImmediate(() => response.write(':2}\n'));
    },
  });
  const lines: string[] = [];
  const io = {
    out(line: string) {
      if (lines.push(line) === 2) process.emit('SIGINT');
    },
    err: (line: string) => lines.push(`error: ${line}`),
    environment: { CONSUL_HTTP_ADDR: agent.address },
  };
  expect(await run(['monitor', '-log-level', 'debug', '-log-json'], io)).toBe(0);
  expect(lines).toEqual(['{"a":1}', '{"a":2}']);
  await gone.promise;
  expect(process.listenerCount('SIGINT')).toBe(0);
});

test('an interrupt before the agent has answered ends it as well', async () => {
  await using agent = await startStubAgent({
    'GET /v1/agent/monitor?loglevel=INFO': () => process.emit('SIGINT'),
  });
  expect(await chancery('monitor', agent)).toEqual({ code: 0, out: '', err: '' });
});

test('an agent that ends its log is told as gone', async () => {
  const path = 'GET /v1/agent/monitor?loglevel=INFO';
  await using agent = await startStubAgent({
    [path]: (_request, response) => response.end('last words'),
  });
  const err = 'The agent ended its log: it has stopped, or the connection to it broke';
  expect(await chancery('monitor', agent)).toEqual({ code: 1, out: 'last words', err });
  await using broken = await startStubAgent({
    [path]: (_request, response) => response.write('line\n', () => response.destroy()),
  });
  expect(await chancery('monitor', broken)).toMatchObject({ code: 1, err });
});

test('a level that does not exist is told in the words of the agent', async () => {
  await using agent = await startStubAgent({
    'GET /v1/agent/monitor?loglevel=x': { status: 400, text: 'Unknown log level: x' },
  });
  expect(await chancery('monitor -log-level x', agent)).toEqual({
    code: 1,
    out: '',
    err: 'Error starting monitor: Unexpected response code: 400 (Unknown log level: x)',
  });
});

test('lines are whole however the pieces are cut', async () => {
  async function* pieces(): AsyncGenerator<string> {
    yield* ['a', 'b\n\nc', '\n', 'd'];
  }
  expect(await Array.fromAsync(linesOf(pieces()))).toEqual(['ab', '', 'c', 'd']);
});
