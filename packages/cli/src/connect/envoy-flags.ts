import type { Flag } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';

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
    about: 'Where its access log goes (/dev/null).',
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
  {
    name: 'ignore-envoy-compatibility',
    kind: 'switch',
    about: 'Accepted and without effect: no version of Envoy is refused.',
  },
  ...httpFlags,
];
