import { readFile } from 'node:fs/promises';
import { checkout, echoService } from '@chancery/testing';
import { expect, test } from 'vitest';
import { chooseSite, movedConfig, portsOn, takenPorts } from './site.ts';

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
  await using one = await echoService({});
  expect(await takenPorts([one.port])).toBe(
    `Port ${one.port} is taken: stop what uses it, or move every port with --port-offset 1000.`,
  );
  await using other = await echoService({});
  expect(await takenPorts([one.port, other.port])).toBe(
    `Ports ${one.port} and ${other.port} are taken: stop what uses them, or move every port with --port-offset 1000.`,
  );
});

test('admin interfaces take a port only where the sidecars are Envoys', async () => {
  const site = await chooseSite(0, '');
  expect(portsOn('envoy', site)).toEqual([8500, 8502, 21000, 21001, 9090, 9191, 19000, 19001]);
  expect(portsOn('builtin', site)).toEqual([8500, 8502, 21000, 21001, 9090, 9191]);
});
