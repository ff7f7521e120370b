import type { Flag } from './flags.ts';

/** The flags of every command that talks to an agent. */
export const httpFlags: readonly Flag[] = [
  {
    name: 'http-addr',
    kind: 'text',
    value: 'host:port',
    about: 'The agent to talk to (CONSUL_HTTP_ADDR).',
  },
  {
    name: 'token',
    kind: 'text',
    value: 'secret',
    about: 'The ACL token to present (CONSUL_HTTP_TOKEN).',
  },
  {
    name: 'token-file',
    kind: 'text',
    value: 'path',
    completes: 'file',
    about: 'A file with the token (CONSUL_HTTP_TOKEN_FILE).',
  },
  {
    name: 'ca-file',
    kind: 'text',
    value: 'path',
    completes: 'file',
    about: 'The authority to trust over TLS (CONSUL_CACERT).',
  },
  {
    name: 'ca-path',
    kind: 'text',
    value: 'folder',
    completes: 'file',
    about: 'A folder of such authorities (CONSUL_CAPATH).',
  },
  {
    name: 'client-cert',
    kind: 'text',
    value: 'path',
    completes: 'file',
    about: 'The certificate to present over TLS (CONSUL_CLIENT_CERT).',
  },
  {
    name: 'client-key',
    kind: 'text',
    value: 'path',
    completes: 'file',
    about: 'Its private key (CONSUL_CLIENT_KEY).',
  },
  {
    name: 'tls-server-name',
    kind: 'text',
    value: 'name',
    about: 'The name to expect over TLS (CONSUL_TLS_SERVER_NAME).',
  },
  { name: 'datacenter', kind: 'text', value: 'name', about: 'The datacenter that is meant.' },
  { name: 'stale', kind: 'switch', about: 'Let any agent answer, not only the leader.' },
  { name: 'namespace', kind: 'text', value: 'name', about: 'Only "default" exists.' },
  { name: 'partition', kind: 'text', value: 'name', about: 'Only "default" exists.' },
];
