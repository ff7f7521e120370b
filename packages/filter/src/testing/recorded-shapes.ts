import type { RecordShape } from '../record-shape.ts';

const texts = (...names: readonly string[]): Readonly<Record<string, RecordShape>> =>
  Object.fromEntries(names.map((name) => [name, 'text']));

const node: RecordShape = {
  fields: {
    ...texts('ID', 'Node', 'Address', 'Datacenter', 'Partition', 'PeerName'),
    TaggedAddresses: { map: 'text' },
    Meta: { map: 'text' },
  },
};

const upstream: RecordShape = {
  fields: {
    ...texts('DestinationName', 'DestinationType'),
    LocalBindPort: 'number',
    MeshGateway: { fields: { Mode: 'text' } },
  },
};

const proxy: RecordShape = {
  fields: {
    ...texts('DestinationServiceName', 'LocalServiceAddress', 'Mode'),
    Upstreams: { list: upstream },
    MeshGateway: { fields: { Mode: 'text' } },
    Expose: { fields: { Checks: 'flag', Paths: { list: { fields: { Path: 'text' } } } } },
    TransparentProxy: { fields: { OutboundListenerPort: 'number' } },
    AccessLogs: { fields: { Enabled: 'flag' } },
  },
};

const service: RecordShape = {
  fields: {
    ...texts('Kind', 'ID', 'Service', 'Address'),
    Tags: { list: 'text' },
    TaggedAddresses: { map: { fields: { Address: 'text', Port: 'number' } } },
    Meta: { map: 'text' },
    Port: 'number',
    EnableTagOverride: 'flag',
    Connect: { fields: { Native: 'flag' } },
    Proxy: proxy,
  },
};

const check: RecordShape = {
  fields: {
    ...texts('Node', 'CheckID', 'Name', 'Status', 'Notes', 'Output', 'ServiceID'),
    ServiceTags: { list: 'text' },
    ExposedPort: 'number',
  },
};

/** An instance with its node and its checks, as far as the recorded expressions look. */
export const healthEntry: RecordShape = {
  fields: { Node: node, Service: service, Checks: { list: check } },
};

const intention: RecordShape = {
  fields: {
    ...texts('ID', 'Description', 'SourceNS', 'SourceName', 'DestinationName', 'SourceType'),
    ...texts('Action'),
    Precedence: 'number',
    Meta: { map: 'text' },
  },
};

/** The shapes of the lists that were recorded, by their paths. */
export const recordedShapes: Readonly<Record<string, RecordShape>> = {
  '/v1/health/service/web': healthEntry,
  '/v1/health/service/web-proxy': healthEntry,
  '/v1/catalog/nodes': node,
  '/v1/connect/intentions': intention,
};
