import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consulBinary } from '@chancery/testing';
import { expect, test } from 'vitest';
import { startInMemoryAgent } from '../testing/in-memory-agent.ts';

// The real consul binary as the client.
const binary = consulBinary() ?? '';

const files = {
  'defaults.hcl': 'Kind = "service-defaults" Name = "api" Protocol = "http"',
  'changed.hcl': 'Kind = "service-defaults" Name = "api" Protocol = "grpc"',
  'splitter.hcl': 'Kind = "service-splitter" Name = "db" Splits = [{ Weight = 100 }]',
  'intentions.hcl': `
    Kind = "service-intentions"
    Name = "api"
    Sources = [
      { Name = "web" Permissions = [{ Action = "allow" HTTP { PathPrefix = "/" } }] },
      { Name = "*" Action = "deny" },
    ]`,
};

const story = [
  ['config write defaults.hcl', 0, 'Config entry written: service-defaults/api'],
  [
    'config write -cas -modify-index 0 changed.hcl',
    1,
    'Config entry not updated: service-defaults/api',
  ],
  ['config write intentions.hcl', 0, 'Config entry written: service-intentions/api'],
  [
    'config write splitter.hcl',
    1,
    'Error writing config entry service-splitter/db: Unexpected response code: 500 (discovery chain "db" uses a protocol "tcp" that does not permit advanced routing or splitting behavior)',
  ],
  ['config list -kind service-defaults', 0, 'api'],
  ['config read -kind service-intentions -name api', 0, '"Permissions": ['],
  ['intention match api', 0, 'web => api (1 permission)\n* => api (deny)'],
  ['intention check web api', 1, 'Denied'],
  ['intention get web api', 0, '"PathPrefix": "/"'],
  [
    'config delete -kind service-defaults -name api',
    1,
    'service "api" has protocol "tcp", which is incompatible with L7 intentions permissions',
  ],
  ['intention delete web api', 0, 'Intention deleted.'],
  [
    'config delete -kind service-defaults -name api',
    0,
    'Config entry deleted: service-defaults/api',
  ],
  [
    'config read -kind service-defaults -name api',
    1,
    'Unexpected response code: 404 (Config entry not found for "service-defaults" / "api")',
  ],
  [
    'connect expose -service api -ingress-gateway ig -port 8888 -protocol tcp',
    0,
    'Successfully updated config entry for ingress service "ig"\nSuccessfully set up intention for "ig" -> "api"',
  ],
  ['intention match api', 0, 'ig => api (allow)'],
] as const;

test.skipIf(binary === '')(
  'the real consul writes, lists, reads and deletes entries, and shows what is refused',
  async () => {
    await using agent = await startInMemoryAgent();
    const cwd = await mkdtemp(join(tmpdir(), 'chancery-consul-'));
    const env = { ...process.env, CONSUL_HTTP_ADDR: `127.0.0.1:${agent.port}` };
    const run = (line: string): Promise<{ code: number; said: string }> =>
      new Promise((resolve) => {
        execFile(binary, line.split(' '), { env, cwd }, (error, out, err) =>
          resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
        );
      });
    try {
      for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
      for (const [line, code, said] of story) {
        const ran = await run(line);
        expect([line, ran.code, ran.said]).toEqual([line, code, expect.stringContaining(said)]);
      }
    } finally {
      await rm(cwd, { recursive: true });
    }
  },
  60_000,
);
