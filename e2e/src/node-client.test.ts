import { once } from 'node:events';
import { agentUnderTest } from '@chancery/testing';
import Consul from 'consul';
import { expect, test } from 'vitest';

/** The `consul` package from npm, as programs use it, on an agent of its own. */
async function clientOfAgent() {
  const agent = await agentUnderTest();
  const client = new Consul({ host: '127.0.0.1', port: agent.ports.http });
  return { client, [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose]() };
}

test('the npm client registers a service, reports its checks and finds it again', async () => {
  await using lab = await clientOfAgent();
  const { agent, health, catalog } = lab.client;
  await agent.service.register({
    name: 'api',
    id: 'api-1',
    port: 8080,
    tags: ['v1'],
    meta: { team: 'a' },
    check: {
      name: 'alive',
      checkid: 'alive',
      ttl: '60s',
      timeout: '1s',
      deregistercriticalserviceafter: '90m',
    },
  });
  await agent.check.pass({ id: 'alive', note: 'all well' });
  expect((await agent.services())['api-1']).toMatchObject({ Service: 'api', Meta: { team: 'a' } });
  expect((await agent.checks())['alive']).toMatchObject({ Status: 'passing', Output: 'all well' });
  expect(await health.service({ service: 'api', passing: true })).toHaveLength(1);
  expect(await health.checks('api')).toMatchObject([{ CheckID: 'alive' }]);
  expect(await health.state('any')).not.toEqual([]);
  expect(await catalog.service.list()).toMatchObject({ api: ['v1'] });
  expect(await catalog.service.nodes('api')).toMatchObject([{ ServiceID: 'api-1' }]);
  await agent.check.warn('alive');
  expect(await health.service({ service: 'api', passing: true })).toEqual([]);
  await agent.check.fail('alive');
  await agent.check.register({ name: 'disk', ttl: '10s', timeout: '1s' });
  await agent.check.deregister('disk');
  await agent.service.deregister('api-1');
  expect(await agent.services()).toEqual({});
});

test('the npm client asks about nodes, members and the agent, and puts it into maintenance', async () => {
  await using lab = await clientOfAgent();
  const { agent, catalog, health, status } = lab.client;
  const { Config } = await agent.self();
  expect(await agent.members()).toMatchObject([{ Name: Config.NodeName }]);
  expect(await status.peers()).toEqual([await status.leader()]);
  expect(await catalog.datacenters()).toEqual(['dc1']);
  expect(await catalog.node.list()).toMatchObject([{ Node: Config.NodeName }]);
  await agent.maintenance({ enable: true, reason: 'upgrade' });
  expect(await health.node(Config.NodeName)).toContainEqual(
    expect.objectContaining({ CheckID: '_node_maintenance', Status: 'critical', Notes: 'upgrade' }),
  );
  await agent.maintenance(false);
  await agent.reload();
});

test('the npm client puts a service into maintenance and takes it out again', async () => {
  await using lab = await clientOfAgent();
  const { agent, health } = lab.client;
  await agent.service.register({ name: 'api' });
  await agent.service.maintenance({ id: 'api', enable: true });
  expect(await health.service({ service: 'api', passing: true })).toEqual([]);
  await agent.service.maintenance({ id: 'api', enable: false });
  expect(await health.service({ service: 'api', passing: true })).toHaveLength(1);
});

test('the npm client filters', async () => {
  await using lab = await clientOfAgent();
  const { agent, catalog } = lab.client;
  await agent.service.register({ name: 'api', port: 1 });
  await agent.service.register({ name: 'db', port: 2 });
  expect(Object.keys(await agent.service.list({ filter: 'Port == 2' }))).toEqual(['db']);
  await expect(catalog.node.list({ filter: 'Nope == 1' })).rejects.toMatchObject({
    response: { body: expect.stringMatching(/Selector "Nope" is not valid/) },
  });
});

test('a watch of the npm client wakes for its service', async () => {
  await using lab = await clientOfAgent();
  const { agent, health } = lab.client;
  const watching = lab.client.watch({ method: health.service, options: { service: 'late' } });
  const [before] = await once(watching, 'change');
  expect(before).toEqual([]);
  const changed = once(watching, 'change');
  await agent.service.register({ name: 'other' });
  await agent.service.register({ name: 'late', port: 1 });
  const [after] = await changed;
  expect(after).toMatchObject([{ Service: { ID: 'late' } }]);
  watching.end();
});

test('the npm client is told that there is no key-value store yet', async () => {
  await using lab = await clientOfAgent();
  await expect(lab.client.kv.get('a')).rejects.toMatchObject({ statusCode: 501 });
  await expect(lab.client.session.list()).rejects.toMatchObject({ statusCode: 501 });
});
