import { consulBinary, demoMesh } from '@chancery/testing';
import { describe, expect, test } from 'vitest';
import { tellStory } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

const consul = consulBinary();
if (consul !== undefined) process.env['CHANCERY_LAB_CLI'] = consul;

describe.skipIf(consul === undefined)('with the consul binary as the command line', () => {
  describeWithEnvoy('and two real Envoys that it started', () => {
    test('the whole story holds', async () => {
      await using mesh = await demoMesh();
      await mesh.connected();
      await tellStory(mesh);
      const members = await mesh.agent.cli('members');
      expect(members.output).toMatch(/^Node +Address +Status +Type +Build +Protocol +DC/);
    });
  });
});
