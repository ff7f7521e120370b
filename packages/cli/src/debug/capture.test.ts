import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, parseAddress } from '@chancery/client';
import { expect, onTestFinished, test } from 'vitest';
import { type StubAnswer, startStubAgent } from '../testing/stub-agent.ts';
import { capture } from './capture.ts';
import type { CapturePlan, Target } from './capture-plan.ts';

const log: RequestListener = (_request, response) => {
  response.write('one\ntw');
  response.end('o\n');
};

const answers: Readonly<Record<string, StubAnswer>> = {
  'GET /v1/agent/self': { Config: {} },
  'GET /v1/agent/host': { Memory: {} },
  'GET /v1/agent/members?segment=_all&wan=1': [{ Name: 'a' }],
  'GET /v1/agent/metrics': { Gauges: [] },
  'GET /v1/agent/monitor?loglevel=TRACE': log,
  'GET /debug/pprof/heap': (_request, response) => response.end(Buffer.from([0, 255, 10])),
};

/** Captures until as many intervals as asked for have ended; gives the files, and what could not be had. */
async function captured(targets: readonly Target[], intervals: number) {
  await using agent = await startStubAgent(answers);
  const folder = await mkdtemp(join(tmpdir(), 'chancery-debug-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const address = parseAddress(agent.address);
  if (address === undefined) throw new Error('the stub has an address');
  const stop = new AbortController();
  const events: string[] = [];
  const failures: string[] = [];
  const report = {
    onInterval(event: string, count: number) {
      events.push(`${event} ${count}`);
      if (event === 'ends' && count === intervals - 1) stop.abort();
    },
    onFailure: (part: string, { status }: { readonly status: number }) =>
      failures.push(`${part} ${status}`),
  };
  const plan: CapturePlan = { durationMs: 60_000, intervalMs: 1, targets, folder, archive: false };
  await capture(createClient({ address }), plan, report, stop.signal);
  const files = await readdir(folder, { recursive: true });
  const read = (name: string) => readFile(join(folder, name));
  return { files: files.sort(), read, events, failures };
}

test('what does not change is read once, what changes at each interval', async () => {
  const targets = ['agent', 'host', 'members', 'metrics'] as const;
  const { files, read, events, failures } = await captured(targets, 3);
  expect(failures).toEqual([]);
  expect(files).toEqual(['agent.json', 'host.json', 'members.json', 'metrics.json']);
  expect(JSON.parse(String(await read('members.json')))).toEqual([{ Name: 'a' }]);
  expect(String(await read('metrics.json'))).toBe('{"Gauges":[]}\n'.repeat(3));
  expect(events).toEqual(['begins 0', 'ends 0', 'begins 1', 'ends 1', 'begins 2', 'ends 2']);
});

test('the log is written as it comes', async () => {
  const { files, read } = await captured(['logs'], 1);
  expect(files).toEqual(['consul.log']);
  expect(String(await read('consul.log'))).toBe('one\ntwo\n');
});

test('only what was asked for is captured', async () => {
  expect((await captured(['host'], 1)).files).toEqual(['host.json']);
});

test('profiles are bytes; those that the agent does not have are reported and left out', async () => {
  const { files, read, failures } = await captured(['pprof'], 1);
  const [folder = '', heap = ''] = files;
  expect(files).toHaveLength(2);
  expect(heap).toBe(join(folder, 'heap.prof'));
  expect([...(await read(heap))]).toEqual([0, 255, 10]);
  expect(failures).toEqual(['pprof 404', 'pprof 404']);
});
