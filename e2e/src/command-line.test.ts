import { type AgentUnderTest, agentUnderTest } from '@chancery/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const demo = `services {
  name = "web"
  port = 8080
  connect {
    sidecar_service {
      proxy {
        upstreams {
          destination_name = "db"
          local_bind_port = 9191
        }
      }
    }
  }
}`;

let agent: AgentUnderTest;
beforeAll(async () => {
  agent = await agentUnderTest({ config: demo });
});
afterAll(() => agent[Symbol.asyncDispose]());

describe('the command line, against a real agent', () => {
  test('creates an intention once, and says what exists the second time', async () => {
    expect(await agent.cli('intention', 'create', 'web', 'cache')).toEqual({
      code: 0,
      output: 'Created: web => cache (allow)\n',
    });
    const again = await agent.cli('intention', 'create', '-deny', 'web', 'cache');
    expect(again.code).toBe(1);
    expect(again.output).toContain('web => cache');
    await agent.cli('intention', 'delete', 'web', 'cache');
  });

  test('checks a pair by exit code', async () => {
    await agent.cli('intention', 'create', '-deny', 'web', 'secret');
    expect(await agent.cli('intention', 'check', 'web', 'secret')).toEqual({
      code: 1,
      output: 'Denied\n',
    });
    expect(await agent.cli('intention', 'check', 'web', 'other')).toEqual({
      code: 0,
      output: 'Allowed\n',
    });
    expect(await agent.cli('intention', 'match', 'secret')).toEqual({
      code: 0,
      output: 'web => secret (deny)\n',
    });
    await agent.cli('intention', 'delete', 'web', 'secret');
  });

  test('deletes an intention that is not there without complaint', async () => {
    expect(await agent.cli('intention', 'delete', 'no', 'body')).toEqual({
      code: 0,
      output: 'Intention deleted.\n',
    });
  });

  test('lists the services of the catalog', async () => {
    const { code, output } = await agent.cli('catalog', 'services');
    expect(code).toBe(0);
    expect(output.split('\n')).toEqual(expect.arrayContaining(['web', 'web-sidecar-proxy']));
  });

  test('refuses a sidecar that nobody registered', async () => {
    expect(await agent.cli('connect', 'envoy', '-sidecar-for', 'nope')).toEqual({
      code: 1,
      output: 'No sidecar proxy registered for nope\n',
    });
  });

  test('names the agent that it cannot reach', async () => {
    const { code, output } = await agent.cli(
      ...['intention', 'create', '-http-addr', '127.0.0.1:1', '-deny', 'x', 'y'],
    );
    expect(code).toBe(1);
    expect(output).toBe(
      'Error creating intention "x => y (deny)": Post "http://127.0.0.1:1/v1/connect/intentions": dial tcp 127.0.0.1:1: connect: connection refused\n',
    );
  });
});
