import type { Flag } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { gatewayFlags } from './gateway-flags.ts';

const metricsFiles = {
  cert: 'The certificate',
  key: 'The private key',
  ca: 'The authorities',
} as const;

/** The flags of `connect envoy`. */
export const envoyFlags: readonly Flag[] = [
  {
    name: 'sidecar-for',
    kind: 'text',
    value: 'ID',
    about: 'The service instance whose sidecar this is (CONNECT_SIDECAR_FOR).',
    completes: 'service-id',
  },
  {
    name: 'proxy-id',
    kind: 'text',
    value: 'ID',
    about: 'The proxy instance itself, in its place (CONNECT_PROXY_ID).',
    completes: 'proxy-id',
  },
  {
    name: 'node-name',
    kind: 'text',
    value: 'name',
    about: 'The node that the proxy is registered with, when it is not the agent.',
  },
  {
    name: 'admin-bind',
    kind: 'text',
    value: 'host:port',
    about: "Where Envoy's admin interface listens (localhost:19000).",
  },
  {
    name: 'admin-access-log-path',
    kind: 'text',
    value: 'path',
    about: 'Where its access log goes; else as proxy-defaults say (/dev/null).',
  },
  {
    name: 'grpc-addr',
    kind: 'text',
    value: 'host:port',
    about: "The agent's xDS address; asked of the agent unless given (CONSUL_GRPC_ADDR).",
  },
  { name: 'bootstrap', kind: 'switch', about: 'Print the bootstrap and run nothing.' },
  {
    name: 'envoy-binary',
    kind: 'text',
    value: 'path',
    about: 'The Envoy to run (CHANCERY_ENVOY).',
    completes: 'file',
  },
  {
    name: 'sotw',
    kind: 'switch',
    about: 'Have Envoy speak state-of-the-world xDS in place of incremental.',
  },
  {
    name: 'omit-deprecated-tags',
    kind: 'switch',
    about: 'Leave the old names of statistics tags out.',
  },
  {
    name: 'prometheus-backend-port',
    kind: 'text',
    value: 'port',
    about: 'A local port that merges metrics of app and proxy.',
  },
  {
    name: 'prometheus-scrape-path',
    kind: 'text',
    value: 'path',
    about: 'The path where metrics are read (/metrics).',
  },
  ...(['cert', 'key', 'ca'] as const).map(
    (what): Flag => ({
      name: `prometheus-${what}-file`,
      kind: 'text',
      value: 'path',
      about: `${metricsFiles[what]} with which metrics are served over TLS.`,
      completes: 'file',
    }),
  ),
  {
    name: 'prometheus-ca-path',
    kind: 'text',
    value: 'path',
    about: 'A folder of authorities in place of the file.',
    completes: 'file',
  },
  {
    name: 'envoy-ready-bind-address',
    kind: 'text',
    value: 'host',
    about: 'Where /ready is answered, for orchestrators.',
  },
  { name: 'envoy-ready-bind-port', kind: 'number', value: 'port', about: 'The port of it.' },
  {
    name: 'no-central-config',
    kind: 'switch',
    about: 'Leave what the registration of the proxy says of its bootstrap out of it.',
  },
  {
    name: 'ignore-envoy-compatibility',
    kind: 'switch',
    about: 'Accepted and without effect: no version of Envoy is refused.',
  },
  {
    name: 'envoy-version',
    kind: 'text',
    value: 'version',
    about: 'Accepted and without effect, as in Consul.',
  },
  {
    name: 'enable-config-gen-logging',
    kind: 'switch',
    about: 'Accepted and without effect: a bootstrap is made without a log.',
  },
  ...(['file', 'path'] as const).map(
    (what): Flag => ({
      name: `grpc-ca-${what}`,
      kind: 'text',
      value: 'path',
      about: 'Accepted and without effect, which is said: a proxy reaches its agent without TLS.',
      completes: 'file',
    }),
  ),
  ...gatewayFlags,
  ...httpFlags,
];
