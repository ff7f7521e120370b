import type { RecordShape } from '@chancery/filter';
import { expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { type InMemoryAgent, startInMemoryAgent } from '../testing/in-memory-agent.ts';
import { healthCheckShape } from './check-shape.ts';
import { configEntryShape } from './config-entry-shape.ts';
import { healthEntryShape, uiNodeShape } from './health-entry-shape.ts';
import { intentionShape } from './intention-shape.ts';
import { memberShape } from './member-shape.ts';
import { nodeShape } from './node-shape.ts';
import { catalogServiceShape, nodeServiceShape } from './service-shape.ts';

/** A mesh in which as much as can be declared is. */
async function withMesh(): Promise<InMemoryAgent> {
  const agent = await startInMemoryAgent();
  const put = async (path: string, body: object) => {
    const { status, text } = await ask(agent, `PUT ${path}`, { body });
    expect({ path, status, text }).toMatchObject({ status: 200 });
  };
  const upstreams = [{ DestinationName: 'cache', LocalBindPort: 9191, Datacenter: 'dc1' }];
  const proxy = { Upstreams: upstreams, LocalServiceAddress: '127.0.0.2', LocalServicePort: 5433 };
  await put('/v1/agent/service/register', {
    Name: 'db',
    Port: 5432,
    Tags: ['v1'],
    Meta: { version: '1' },
    TaggedAddresses: { lan: { Address: '10.0.0.1', Port: 1 } },
    Check: { TTL: '10s', Notes: 'why' },
    Connect: { SidecarService: { Proxy: proxy } },
  });
  const node = {
    Node: 'n',
    Address: '10.0.0.2',
    NodeMeta: { k: 'v' },
    TaggedAddresses: { lan: '10.0.0.2' },
  };
  await put('/v1/catalog/register', {
    ...node,
    Service: { Service: 'db', Port: 1 },
    Check: { Name: 'c' },
  });
  const intention = { Action: 'allow', Description: 'why' };
  await put('/v1/connect/intentions/exact?source=web&destination=db', intention);
  await put('/v1/config', {
    Kind: 'service-defaults',
    Name: 'db',
    Protocol: 'tcp',
    Meta: { k: 'v' },
  });
  return agent;
}

/** Where a value is not what an expression takes it for. */
function misfits(value: unknown, shape: RecordShape, place: string): readonly string[] {
  if (value === null || value === undefined) return [];
  const kinds = { text: 'string', number: 'number', flag: 'boolean' };
  if (typeof shape === 'string') return typeof value === kinds[shape] ? [] : [place];
  if ('list' in shape) {
    if (!Array.isArray(value)) return [place];
    return value.flatMap((one) => misfits(one, shape.list, place));
  }
  if (typeof value !== 'object' || Array.isArray(value)) return [place];
  const shapeOf = (key: string) => ('map' in shape ? shape.map : shape.fields[key]);
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = shapeOf(key);
    return known === undefined ? [] : misfits(inner, known, `${place}.${key}`);
  });
}

test.each([
  ['/v1/agent/members', memberShape],
  ['/v1/agent/services', nodeServiceShape],
  ['/v1/agent/checks', healthCheckShape],
  ['/v1/catalog/nodes', nodeShape],
  ['/v1/catalog/service/db', catalogServiceShape],
  ['/v1/catalog/connect/db', catalogServiceShape],
  ['/v1/health/node/devnode', healthCheckShape],
  ['/v1/health/state/any', healthCheckShape],
  ['/v1/health/service/db', healthEntryShape],
  ['/v1/health/service/db-sidecar-proxy', healthEntryShape],
  ['/v1/connect/intentions', intentionShape],
  ['/v1/config/service-defaults', configEntryShape('service-defaults') ?? 'text'],
  ['/v1/internal/ui/nodes', uiNodeShape],
])('what %s shows is what a filter takes it for', async (path, shape) => {
  await using agent = await withMesh();
  const { json } = await ask(agent, `GET ${path}`);
  const records: readonly unknown[] = Object.values(json);
  expect(records.length).toBeGreaterThan(0);
  expect(records.flatMap((record) => misfits(record, shape, path))).toEqual([]);
});
