import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  consulBinary,
  freePorts,
  labAgent,
  type Program,
  startProgram,
  temporaryFolder,
  until,
} from '@chancery/testing';
import { describe, expect, test } from 'vitest';

const consul = consulBinary();

const files: Readonly<Record<string, string>> = {
  'conf/10-base.hcl': `
    node_name = "base"
    datacenter = "east"
    node_meta { a = "1" b = "1" }
    service { name = "from-base" }
    http_config { response_headers { "X-A" = "1" } block_endpoints = ["/v1/kv"] }
    telemetry { prefix_filter = ["+a.b"] metrics_prefix = "mesh" }
    limits { http_max_conns_per_client = 50 }
  `,
  'conf/20-more.json': JSON.stringify({
    node_name: 'more',
    node_meta: { b: '2', c: '2' },
    services: [{ name: 'from-more' }],
    http_config: { block_endpoints: ['/v1/txn'], allow_write_http_from: ['127.0.0.0/8'] },
    telemetry: { prefix_filter: ['+c.d'], filter_default: false },
  }),
  'conf/notes.txt': 'no configuration',
  'conf/deeper/30.hcl': 'node_name = "deeper"',
  'single.hcl': `
    node_name = "single"
    default_query_time = "1m"
    addresses { http = "127.0.0.1 127.0.0.2" }
  `,
  'plain.conf': 'node_name = "plain"\nservice { name = "from-plain" }',
};

/** Command lines, with FOLDER for the folder of the files. */
const setups: readonly (readonly [what: string, ...args: string[]])[] = [
  ['a folder', '-dev', '-config-dir', 'FOLDER/conf'],
  [
    'a folder and then a file',
    '-dev',
    '-config-dir',
    'FOLDER/conf',
    '-config-file',
    'FOLDER/single.hcl',
  ],
  [
    'a file and then a folder',
    '-dev',
    '-config-file',
    'FOLDER/single.hcl',
    '-config-dir',
    'FOLDER/conf',
  ],
  [
    'files, flags and pieces',
    ...['-dev', '-hcl', 'node_name = "piece"', '-config-dir', 'FOLDER/conf', '-node', 'flag'],
    ...['-node-meta', 'd:3', '-datacenter', 'flagged', '-hcl', 'node_meta { e = "4" }'],
    ...['-max-query-time', '2m', '-allow-write-http-from', '10.0.0.0/8'],
  ],
  ['a file of another name', '-dev', '-config-format', 'hcl', '-config-file', 'FOLDER/plain.conf'],
  [
    'a server on every address',
    ...['-server', '-bootstrap-expect=1', '-ui', '-data-dir', 'FOLDER/data', '-node', 'server'],
  ],
  [
    'addresses by what they are for',
    ...['-dev', '-advertise-wan', '10.1.1.1', '-hcl', 'tagged_addresses { rack = "10.2.2.2" }'],
    ...['-hcl', 'advertise_addr_ipv6 = "fd00::9"', '-client', '127.0.0.2 127.0.0.1'],
  ],
];

interface Self {
  readonly Config: Readonly<Record<string, unknown>>;
  readonly DebugConfig: Readonly<Record<string, unknown>> & {
    readonly Telemetry: Readonly<Record<string, unknown>>;
  };
}

/** Settings that say how files were merged, by their names in `DebugConfig`. */
const compared = [
  ...['AllowWriteHTTPFrom', 'BindAddr', 'DefaultQueryTime', 'HTTPAddrs', 'HTTPBlockEndpoints'],
  ...['HTTPMaxConnsPerClient', 'MaxQueryTime', 'NodeMeta', 'TaggedAddresses'],
];

async function outcome(program: Program, port: number): Promise<unknown> {
  const at = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as unknown;
  };
  const up = async () => (await at('/v1/agent/self').catch(() => undefined)) !== undefined;
  try {
    await until(up, { withinMs: 30_000, what: 'it answered', unless: () => !program.running });
  } catch {
    return 'it does not start';
  }
  const { Config, DebugConfig } = (await at('/v1/agent/self')) as Self;
  const { AllowedPrefixes, FilterDefault, MetricsPrefix } = DebugConfig.Telemetry;
  const settings = Object.fromEntries(compared.map((name) => [name, DebugConfig[name]]));
  const services = Object.keys((await at('/v1/agent/services')) as object).sort();
  return JSON.parse(
    JSON.stringify({
      node: [Config['NodeName'], Config['Datacenter']],
      settings,
      telemetry: { AllowedPrefixes, FilterDefault, MetricsPrefix },
      services,
    }).replaceAll(`:${port}`, ':PORT'),
  );
}

async function written(folder: string): Promise<void> {
  for (const name of ['conf', 'conf/deeper']) await mkdir(join(folder, name));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

/** What an agent makes of a command line. */
async function configured(path: string, args: readonly string[], quiet: readonly string[]) {
  await using folder = await temporaryFolder();
  await written(folder.path);
  const [http = 0] = await freePorts(1);
  const given = args.map((word) => word.replace('FOLDER', folder.path));
  await using program = startProgram({
    program: path,
    args: ['agent', ...given, '-http-port', `${http}`, '-grpc-port', '-1', ...quiet],
  });
  return await outcome(program, http);
}

describe.skipIf(consul === undefined || labAgent().isPeer)('a real Consul and an agent', () => {
  test.for(setups)('make the same of %s', async ([, ...args]) => {
    const [serf = 0, server = 0] = await freePorts(2);
    const quiet = [
      ...['-grpc-tls-port', '-1', '-dns-port', '-1', '-serf-wan-port', '-1'],
      ...['-serf-lan-port', `${serf}`, '-server-port', `${server}`],
    ];
    const theirs = await configured(consul ?? '', args, quiet);
    expect(await configured(labAgent().path, args, quiet)).toEqual(theirs);
    expect(theirs).not.toBe('it does not start');
  });
});
