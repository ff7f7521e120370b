import { checkout } from '@chancery/testing';
import { type Subject, sidecarPorts } from './subject.ts';

const settings = [
  'limits { http_max_conns_per_client = 10000 }',
  `ports { sidecar_min_port = ${sidecarPorts.first} sidecar_max_port = ${sidecarPorts.last} }`,
].join('\n');

/** The agent of this checkout, with room for all sidecars and for more connections of one client than it allows by itself. */
export const chancery: Subject = {
  name: 'Chancery',
  program: `${checkout}bin/chancery`,
  agentArguments: ({ ports, dataDir, configFile }) => [
    'agent',
    ...(dataDir === undefined ? ['-dev'] : ['-data-dir', dataDir]),
    ...(configFile === undefined ? [] : ['-config-file', configFile]),
    ...['-http-port', `${ports.http}`, '-grpc-port', `${ports.grpc}`],
    ...['-bind', '127.0.0.1', '-log-level', 'error', '-hcl', settings],
  ],
};
