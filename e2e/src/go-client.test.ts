import { join } from 'node:path';
import { buildGoClient, hasGo } from '@chancery/compatibility';
import { agentUnderTest, runToEnd, temporaryFolder } from '@chancery/testing';
import { describe, expect, test } from 'vitest';

describe.skipIf(!hasGo())("a program on Consul's Go client", () => {
  test('goes through its whole life, twice, as it does with a Consul', async () => {
    await using folder = await temporaryFolder();
    const program = join(folder.path, 'go-client');
    await buildGoClient(program);
    await using agent = await agentUnderTest();
    const env = { ...process.env, CONSUL_HTTP_ADDR: `127.0.0.1:${agent.ports.http}` };
    for (let life = 0; life < 2; life += 1) {
      const { code, output } = await runToEnd({ program, args: [], env });
      expect(output).toMatch(/ok deregistration\n$/);
      expect(code).toBe(0);
    }
  });
});
