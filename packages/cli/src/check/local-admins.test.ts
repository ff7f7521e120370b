import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localAdmins } from './local-admins.ts';

let proc = '';
beforeEach(async () => {
  proc = await mkdtemp(join(tmpdir(), 'proc-'));
});
afterEach(() => rm(proc, { recursive: true }));

async function running(pid: string, line: string): Promise<void> {
  await mkdir(join(proc, pid));
  await writeFile(join(proc, pid, 'cmdline'), `${line.split(' ').join('\0')}\0`);
}

test('the admin interfaces of the Envoys that connect envoy runs are found by its command lines', async () => {
  const chancery = '/usr/bin/node --max-semi-space-size=8 /opt/bin/chancery.ts';
  await running('10', `${chancery} connect envoy -sidecar-for web -admin-bind 127.0.0.1:19001`);
  await running(
    '11',
    `${chancery} connect envoy -sidecar-for=db --admin-bind=127.0.0.1:19002 -- -l debug`,
  );
  await running('12', `${chancery} connect envoy -sidecar-for api`);
  await running(
    '13',
    `${chancery} connect envoy -sidecar-for api -bootstrap -admin-bind 127.0.0.1:1`,
  );
  await running('14', `timeout 9 ${chancery} connect envoy -admin-bind 127.0.0.1:19001`);
  await running('15', `${chancery} connect envoy -admin-bind http://elsewhere`);
  await running('17', `${chancery} connect envoy -admin-bind 127.0.0.1:0`);
  await running('16', `${chancery} connect proxy -sidecar-for api`);
  await running('self', `${chancery} connect envoy -admin-bind 127.0.0.1:19009`);
  expect(await localAdmins(proc)).toEqual([
    '127.0.0.1:19000',
    '127.0.0.1:19001',
    '127.0.0.1:19002',
  ]);
});

test('none is found where the system tells nothing of its processes', async () => {
  expect(await localAdmins(join(proc, 'missing'))).toEqual([]);
});
