import { expect, test } from 'vitest';
import { accessLogs } from './access-logs.ts';
import { openIntentionsLab } from './testing/intentions-lab.ts';

test('access logs are those of the proxy-defaults, once they are enabled', async () => {
  const lab = await openIntentionsLab();
  expect(lab.ask(accessLogs, '')).toBeUndefined();
  const written = { kind: 'proxy-defaults', name: 'global', access_logs: { type: 'stderr' } };
  expect(await lab.write(written)).toBe('fine');
  expect(lab.ask(accessLogs, '')).toBeUndefined();
  const enabled = { ...written, access_logs: { enabled: true, type: 'stderr' } };
  expect(await lab.write(enabled)).toBe('fine');
  expect(lab.ask(accessLogs, '')).toEqual({ enabled: true, type: 'stderr' });
});

test('they are the same object until they change', async () => {
  const lab = await openIntentionsLab();
  const entry = { kind: 'proxy-defaults', name: 'global', access_logs: { enabled: true } };
  await lab.write(entry);
  const before = lab.ask(accessLogs, '');
  await lab.write({ ...entry, meta: { by: 'me' } });
  expect(before).toBeDefined();
  expect(lab.ask(accessLogs, '')).toBe(before);
});
