import type { RecordShape } from '@chancery/filter';

/** How traffic to other datacenters goes. */
export const meshGatewayShape: RecordShape = { fields: { Mode: 'text' } };

const expose: RecordShape = {
  fields: {
    Checks: 'flag',
    Paths: {
      list: {
        fields: {
          ListenerPort: 'number',
          Path: 'text',
          LocalPathPort: 'number',
          Protocol: 'text',
          ParsedFromCheck: 'flag',
        },
      },
    },
  },
};

const transparentProxy: RecordShape = {
  fields: { OutboundListenerPort: 'number', DialedDirectly: 'flag' },
};

const envoyExtensions: RecordShape = {
  list: { fields: { Name: 'text', Required: 'flag', ConsulVersion: 'text', EnvoyVersion: 'text' } },
};

/** What proxies and the defaults of services are both told; opaque configuration cannot be selected. */
export const sharedProxyFields: Readonly<Record<string, RecordShape>> = {
  Mode: 'text',
  MeshGateway: meshGatewayShape,
  Expose: expose,
  TransparentProxy: transparentProxy,
  EnvoyExtensions: envoyExtensions,
};

const upstream: RecordShape = {
  fields: {
    DestinationType: 'text',
    DestinationNamespace: 'text',
    DestinationPartition: 'text',
    DestinationPeer: 'text',
    DestinationName: 'text',
    Datacenter: 'text',
    LocalBindAddress: 'text',
    LocalBindPort: 'number',
    LocalBindSocketPath: 'text',
    LocalBindSocketMode: 'text',
    MeshGateway: meshGatewayShape,
  },
};

/** What a filter may select of the proxy part of an instance. */
export const proxyShape: RecordShape = {
  fields: {
    ...sharedProxyFields,
    DestinationServiceName: 'text',
    DestinationServiceID: 'text',
    LocalServiceAddress: 'text',
    LocalServicePort: 'number',
    LocalServiceSocketPath: 'text',
    Upstreams: { list: upstream },
    AccessLogs: {
      fields: {
        Enabled: 'flag',
        DisableListenerLogs: 'flag',
        Type: 'text',
        Path: 'text',
        JSONFormat: 'text',
        TextFormat: 'text',
      },
    },
  },
};
