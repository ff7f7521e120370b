import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { type AgentUnderTest, agentUnderTest, temporaryFolder, until } from '@chancery/testing';
import { expect, test } from 'vitest';

interface Answer {
  readonly status: number;
  readonly reason: string | undefined;
  readonly text: string;
}

/** Asks with methods, paths and headers that `fetch` would not send. */
function ask(
  { ports }: AgentUnderTest,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const target = { host: '127.0.0.1', port: ports.http, method, path, headers };
  return new Promise((resolve, reject) => {
    const sent = request(target, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const reason = response.headers['x-consul-reason'];
        resolve({
          status: response.statusCode ?? 0,
          reason: typeof reason === 'string' ? reason : undefined,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** The agent's own metrics in Prometheus' text, by name and labels. */
async function series(agent: AgentUnderTest): Promise<ReadonlyMap<string, number>> {
  const { text } = await ask(agent, 'GET', '/v1/agent/metrics?format=prometheus');
  const lines = text.split('\n').filter((line) => /^(consul|chancery)_/.test(line));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

test('neither thousands of services nor what clients ask for makes the metrics grow', async () => {
  await using folder = await temporaryFolder();
  const configFile = join(folder.path, 'agent.json');
  const services = Array.from({ length: 10_000 }, (_, at) => ({ name: `svc-${at}`, port: 1 + at }));
  await writeFile(configFile, JSON.stringify({ services }));
  await using agent = await agentUnderTest({ configFile });
  const askAsOften = async (times: number) => {
    for (let at = 0; at < times; at++) {
      await ask(agent, 'GET', `/v1/agent/service/svc-${at}`);
      await ask(agent, 'GET', `/v1/hostile-${at}%22%7D%0A?x=hostile-${at}`);
      await ask(agent, 'PATCH', `/v1/catalog/nodes?dc=hostile-${at}`);
      await ask(agent, 'GET', '/v1/catalog/nodes', { 'X-Hostile': `hostile-${at}` });
    }
  };
  await askAsOften(1);
  await series(agent);
  const before = await series(agent);
  expect(before.get('consul_state_services{datacenter="dc1"}')).toBe(10_000);
  await askAsOften(300);
  const after = await series(agent);
  expect([...after.keys()]).toEqual([...before.keys()]);
  expect(after.size).toBeLessThan(200);
  const unmatched = 'chancery_http_answers_total{method="GET",path="unmatched",status="4xx"}';
  expect(after.get(unmatched)).toBe(301);
});

test('who follows the log hears more than it writes, and no secret', async () => {
  await using agent = await agentUnderTest();
  const heard: string[] = [];
  const path = '/v1/agent/monitor?loglevel=debug';
  const following = request({ host: '127.0.0.1', port: agent.ports.http, path }, (response) => {
    response.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    response.on('error', () => undefined);
  });
  following.on('error', () => undefined);
  following.end();
  const hears = (what: string) =>
    until(
      async () => {
        await ask(agent, 'GET', '/v1/catalog/services?token=secret-1', {
          'X-Consul-Token': 'secret-2',
          Authorization: 'Bearer secret-3',
        });
        return heard.join('').includes(what);
      },
      { withinMs: 10_000, what: `the log said ${what}` },
    );
  await hears('path=/v1/catalog/services');
  following.destroy();
  expect(heard.join('')).toMatch(/Z \[DEBUG\] http: /);
  expect(heard.join('')).not.toContain('secret');
  expect(agent.output()).not.toContain('[DEBUG]');
  expect(agent.output()).not.toContain('secret');
});

test('the format of Prometheus is turned off as in Consul, and its JSON goes without what a filter blocks', async () => {
  const config = `telemetry {
    prometheus_retention_time = "0s"
    disable_hostname = true
    prefix_filter = ["-consul.state", "+consul.state.nodes"]
  }`;
  await using agent = await agentUnderTest({ config });
  expect(await ask(agent, 'GET', '/v1/agent/metrics?format=prometheus')).toEqual({
    status: 200,
    reason: 'Prometheus is not enabled since its retention time is not positive',
    text: '',
  });
  const { text } = await ask(agent, 'GET', '/v1/agent/metrics');
  const { Gauges } = JSON.parse(text) as { readonly Gauges: readonly { readonly Name: string }[] };
  const names = Gauges.map(({ Name }) => Name).filter((name) => name.startsWith('consul.state.'));
  expect(names).toEqual(['consul.state.nodes']);
});
