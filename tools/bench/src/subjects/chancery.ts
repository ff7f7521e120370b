import { checkout } from '@chancery/testing';
import { type Subject, sidecarPorts } from './subject.ts';

const settings = `ports { sidecar_min_port = ${sidecarPorts.first} sidecar_max_port = ${sidecarPorts.last} }`;

/** The agent of this checkout. Its only setting that differs from the defaults is the range of sidecar ports. */
export const chancery: Subject = {
  name: 'Chancery',
  program: `${checkout}bin/chancery`,
  agentArguments: ({ ports, dataDir, configFile }) => [
    'agent',
    ...(dataDir === undefined ? ['-dev'] : ['-data-dir', dataDir]),
    ...(configFile === undefined ? [] : ['-config-file', configFile]),
    ...['-http-port', `${ports.http}`, '-grpc-port', `${ports.grpc}`],
    ...['-log-level', 'error', '-hcl', settings],
  ],
};
