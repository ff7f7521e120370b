import { execFileSync } from 'node:child_process';
import { type Subject, sidecarPorts } from './subject.ts';

/** Consul's limits protect a server from its clients; here they would be what is measured. */
const settings = [
  'limits { http_max_conns_per_client = 10000 }',
  'xds { update_max_per_second = 1000000 }',
  'connect { enabled = true ca_config { csr_max_per_second = 0 csr_max_concurrent = 0 } }',
  'performance { raft_multiplier = 1 }',
  `ports { sidecar_min_port = ${sidecarPorts.first} sidecar_max_port = ${sidecarPorts.last} }`,
].join('\n');

/**
 * A Consul binary, with its rate limits off.
 *
 * @throws Error when the binary does not say its version.
 */
export function consul(binary: string): Subject {
  return {
    name: `Consul ${versionOf(execFileSync(binary, ['version'], { encoding: 'utf8' }))}`,
    program: binary,
    agentArguments: ({ ports, dataDir, configFile }) => [
      'agent',
      ...(dataDir === undefined
        ? ['-dev']
        : ['-server', '-bootstrap-expect', '1', '-data-dir', dataDir]),
      ...(configFile === undefined ? [] : ['-config-file', configFile]),
      ...['-http-port', `${ports.http}`, '-grpc-port', `${ports.grpc}`],
      ...['-server-port', `${ports.others[0]}`, '-serf-lan-port', `${ports.others[1]}`],
      ...['-serf-wan-port', '-1', '-grpc-tls-port', '-1', '-dns-port', '-1'],
      ...['-bind', '127.0.0.1', '-log-level', 'error', '-hcl', settings],
    ],
  };
}

/** The number in `Consul v1.20.1`. */
export function versionOf(output: string): string {
  const [, version] = /^Consul v(\S+)/.exec(output) ?? [];
  if (version === undefined) throw new Error(`this is no Consul: ${output.slice(0, 80)}`);
  return version;
}
