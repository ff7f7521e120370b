import { readFile } from 'node:fs/promises';
import { checkout, echoService, temporaryFolder } from '@chancery/testing';
import { expect, test } from 'vitest';
import { chooseSite, movedConfig, takenPorts } from './site.ts';

test('a moved configuration has every port moved and nothing else', async () => {
  const demo = await readFile(`${checkout}examples/envoy_demo.hcl`, 'utf8');
  const moved = movedConfig(demo, 1000);
  expect(moved).toContain('port = 10090');
  expect(moved).toContain('local_bind_port = 10191');
  expect(moved).toContain('sidecar_min_port = 22000');
  expect(moved.slice(0, moved.indexOf('ports {')).replace(/\d+/g, '').trim()).toBe(
    demo.replace(/\d+/g, '').trim(),
  );
});

test('a taken port is named in one sentence with the way out', async () => {
  await using folder = await temporaryFolder();
  await using other = await echoService({});
  const site = await chooseSite(1, folder.path);
  const ports = { ...site.ports, db: other.port };
  const sentence = await takenPorts({ ...site, ports });
  expect(sentence).toMatch(/^Ports? [^.]*taken: [^.]* --port-offset 1000\.$/);
  expect(sentence).toContain(`${other.port}`);
});
