import { expect, test, vi } from 'vitest';
import { LoadClient } from '../testing/load-client.ts';
import { createXdsServer } from '../xds-server.ts';
import { createLoadReports, type LoadReportsOptions } from './load-reports.ts';

async function listening(options: Partial<LoadReportsOptions> = {}) {
  const told: string[] = [];
  const reports = createLoadReports({
    onReport: ({ proxyId, cluster, issued }) => told.push(`${proxyId} ${cluster} ${issued}`),
    ...options,
  });
  const server = createXdsServer({ routes: reports.route });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  return { told, reports, server, port };
}

test('what a proxy reports is told by its ID, its clusters and how many connections it began', async () => {
  const { told, reports, server, port } = await listening();
  await using _server = server;
  using client = new LoadClient(port);
  client.send({ node: { id: 'web-proxy' } });
  await vi.waitFor(() => expect(client.intervals).toEqual([1000]));
  client.report('db', 3);
  client.report('db', 2);
  await vi.waitFor(() => expect(told).toEqual(['web-proxy db 3', 'web-proxy db 2']));
  expect(reports.open).toBe(1);
});

test('it reports often at first, and again when it has new clusters', async () => {
  const { told, reports, server, port } = await listening({ everyMs: 5000, atFirstMs: 500 });
  await using _server = server;
  using client = new LoadClient(port);
  client.send({ node: { id: 'web-proxy' } });
  await vi.waitFor(() => expect(client.intervals).toEqual([500]));
  for (let at = 0; at < 12; at += 1) client.report('db', 2);
  await vi.waitFor(() => expect(told).toHaveLength(12));
  await vi.waitFor(() => expect(client.intervals).toEqual([500, 5000]));
  reports.hurry('another');
  reports.hurry('web-proxy');
  await vi.waitFor(() => expect(client.intervals).toEqual([500, 5000, 500]));
});

test('what is no report ends the call, and nothing else', async () => {
  const { reports, server, port } = await listening();
  await using _server = server;
  using other = new LoadClient(port);
  using client = new LoadClient(port);
  other.send({ node: { id: 'web-proxy' } });
  client.write(Uint8Array.of(255, 255));
  await client.ended;
  await vi.waitFor(() => expect(other.intervals).toHaveLength(1));
  expect(reports.open).toBe(1);
});

test('a report of more than a megabyte ends the call', async () => {
  const { told, server, port } = await listening();
  await using _server = server;
  using client = new LoadClient(port);
  client.send({ node: { id: 'web-proxy' } });
  await vi.waitFor(() => expect(client.intervals).toHaveLength(1));
  client.report('x'.repeat(1024 * 1024), 3);
  expect(await client.ended).toBe('8');
  expect(told).toEqual([]);
});

test('a server that stops ends the calls', async () => {
  const { reports, server, port } = await listening();
  using client = new LoadClient(port);
  client.send({ node: { id: 'web-proxy' } });
  await vi.waitFor(() => expect(client.intervals).toHaveLength(1));
  reports[Symbol.dispose]();
  expect(await client.ended).toBe('14');
  await server[Symbol.asyncDispose]();
  expect(reports.open).toBe(0);
});
