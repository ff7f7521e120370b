import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consulBinary } from '@chancery/testing';
import { expect, test } from 'vitest';
import { type InMemoryAgent, startInMemoryAgent } from './testing/in-memory-agent.ts';

// The real consul binary as the client.
const binary = consulBinary() ?? '';
const present = binary !== '';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function consul(agent: InMemoryAgent, line: string, cwd = tmpdir()): Promise<Ran> {
  const env = { ...process.env, CONSUL_HTTP_ADDR: `127.0.0.1:${agent.port}`, TZ: 'UTC' };
  return new Promise((resolve) => {
    execFile(binary, line.split(' '), { env, cwd }, (error, out, err) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, out: out.trimEnd(), err: err.trimEnd() });
    });
  });
}

const story = [
  ['intention create -deny web db', 0, 'Created: web => db (deny)'],
  ['intention check web db', 1, 'Denied'],
  ['intention create -replace -allow web db', 0, ''],
  ['intention create web *', 0, 'Created: web => * (allow)'],
  ['intention check web db', 0, 'Allowed'],
  ['intention match db', 0, 'web => db (allow)\nweb => * (allow)'],
  ['intention match -source web', 0, 'web => db (allow)\nweb => * (allow)'],
  [
    'intention get web db',
    0,
    [
      'Source:       web',
      'Destination:  db',
      'Action:       allow',
      'ID:           00000000-0000-4000-8000-000000000001',
      'Created At:   Monday, 23-Nov-26 15:23:25 UTC',
    ].join('\n'),
  ],
  [
    'intention list',
    0,
    [
      'ID                                    Source  Action  Destination  Precedence',
      '00000000-0000-4000-8000-000000000001  web     allow   db           9',
      '00000000-0000-4000-8000-000000000002  web     allow   *            6',
    ].join('\n'),
  ],
  ['intention delete web db', 0, 'Intention deleted.'],
  ['intention delete web db', 0, 'Intention deleted.'],
  ['intention delete 00000000-0000-4000-8000-000000000002', 0, 'Intention deleted.'],
  ['services register -name foo -port 1234 -tag a -meta k=v', 0, 'Registered service: foo'],
  ['catalog services', 0, 'foo'],
  ['services deregister -id foo', 0, 'Deregistered service: foo'],
  ['catalog datacenters', 0, 'dc1'],
  ['catalog nodes', 0, 'Node     ID        Address    DC\ndevnode  9598e0cc  127.0.0.1  dc1'],
  ['reload', 0, 'Configuration reload triggered'],
  ['leave', 0, 'Graceful leave complete'],
] as const;

test.skipIf(!present)(
  'the real consul prints what it prints with an agent of its own',
  async () => {
    await using agent = await startInMemoryAgent();
    for (const [line, code, out] of story) {
      expect([line, await consul(agent, line)]).toEqual([line, { code, out, err: '' }]);
    }
  },
  60_000,
);

test.skipIf(!present)(
  'the real consul shows what is refused, in words that it knows',
  async () => {
    await using agent = await startInMemoryAgent();
    await consul(agent, 'intention create -deny web db');
    const failures = [
      [
        'intention create -deny web db',
        'Unexpected response code: 500 (Sources[1] defines "web" more than once',
      ],
      ['intention get web nope', 'Intention not found with source "web" and destination "nope"'],
      ['services deregister -id nope', 'Unexpected response code: 404 (Unknown service ID "nope".'],
      ['connect envoy -sidecar-for nope', 'No sidecar proxy registered for nope'],
      [
        'connect envoy -proxy-id nope -bootstrap',
        'Unexpected response code: 404 (unknown service ID: nope)',
      ],
    ] as const;
    for (const [line, err] of failures) {
      const ran = await consul(agent, line);
      expect([line, ran.code]).toEqual([line, 1]);
      expect(ran.err).toContain(err);
    }
  },
  60_000,
);

test.skipIf(!present)(
  'the real consul lists the agent as a member and reads its figures',
  async () => {
    await using agent = await startInMemoryAgent();
    const members = await consul(agent, 'members');
    const [header, row] = members.out.split('\n').map((line) => line.split(/\s+/));
    expect(header).toEqual(
      'Node Address Status Type Build Protocol DC Partition Segment'.split(' '),
    );
    expect(row).toEqual(
      `devnode 127.0.0.1:${agent.port} alive server 1.20.1+chancery.0.1.0 2 dc1 default <all>`.split(
        ' ',
      ),
    );
    expect((await consul(agent, 'info')).out).toMatch(/^agent:\n\tcheck_monitors = 0\n/);
  },
  60_000,
);

test.skipIf(!present)(
  'the real consul registers a file and makes the bootstrap of its sidecar',
  async () => {
    await using agent = await startInMemoryAgent();
    const folder = await mkdtemp(join(tmpdir(), 'chancery-consul-'));
    try {
      const file = 'service { name = "web" port = 8080 connect { sidecar_service {} } }';
      await writeFile(join(folder, 'web.hcl'), file);
      const registered = await consul(agent, 'services register web.hcl', folder);
      expect(registered.out).toBe('Registered service: web');
      const { code, out } = await consul(agent, 'connect envoy -sidecar-for web -bootstrap');
      expect(code).toBe(0);
      const { node, static_resources: resources } = JSON.parse(out);
      expect(node).toMatchObject({ cluster: 'web', id: 'web-sidecar-proxy' });
      const [localAgent] = resources.clusters;
      expect(localAgent.name).toBe('local_agent');
      expect(JSON.stringify(localAgent)).toContain('"port_value":8502');
      expect(JSON.stringify(localAgent)).not.toContain('UpstreamTlsContext');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  60_000,
);
