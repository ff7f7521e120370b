import type { Completes, Flag } from '@chancery/cli';
import { describeAgentKeys, type KeyDescription } from '@chancery/model';

/** A flag of `agent` that stands for a key of its files. */
export interface SettingFlag extends Flag {
  /** The key: `ports.http`. */
  readonly key: string;
  /** Whether each of its values is `key:value`, and all of them a map. */
  readonly pairs?: boolean;
}

/** What a flag is typed with: a value, several, `key:value` several times, or nothing. */
type Kind = string | readonly [string] | { readonly pairs: string } | undefined;

/** Consul's flags by the keys they stand for. */
const settings: readonly (readonly [flag: string, key: string, kind?: Kind])[] = [
  ['node', 'node_name', 'name'],
  ['node-id', 'node_id', 'uuid'],
  ['node-meta', 'node_meta', { pairs: 'key:value' }],
  ['datacenter', 'datacenter', 'name'],
  ['data-dir', 'data_dir', 'path'],
  ['bind', 'bind_addr', 'address'],
  ['advertise', 'advertise_addr', 'address'],
  ['advertise-wan', 'advertise_addr_wan', 'address'],
  ['client', 'client_addr', 'addresses'],
  ['http-port', 'ports.http', 'port'],
  ['grpc-port', 'ports.grpc', 'port'],
  ['default-intention-policy', 'default_intention_policy', 'allow|deny'],
  ['allow-write-http-from', 'http_config.allow_write_http_from', ['network']],
  ['default-query-time', 'default_query_time', 'duration'],
  ['max-query-time', 'max_query_time', 'duration'],
  ['enable-script-checks', 'enable_script_checks'],
  ['enable-local-script-checks', 'enable_local_script_checks'],
  ['check_output_max_size', 'check_output_max_size', 'bytes'],
  ['log-level', 'log_level', 'level'],
  ['log-json', 'log_json'],
  ['log-file', 'log_file', 'path'],
  ['log-rotate-bytes', 'log_rotate_bytes', 'bytes'],
  ['log-rotate-duration', 'log_rotate_duration', 'duration'],
  ['log-rotate-max-files', 'log_rotate_max_files', 'count'],
  ['pid-file', 'pid_file', 'path'],
  ['auto-reload-config', 'auto_reload_config'],
  ['server', 'server'],
  ['bootstrap', 'bootstrap'],
  ['bootstrap-expect', 'bootstrap_expect', 'count'],
  ['join', 'start_join', ['address']],
  ['join-wan', 'start_join_wan', ['address']],
  ['retry-join', 'retry_join', ['address']],
  ['retry-join-wan', 'retry_join_wan', ['address']],
  ['retry-interval', 'retry_interval', 'duration'],
  ['retry-interval-wan', 'retry_interval_wan', 'duration'],
  ['retry-max', 'retry_max', 'count'],
  ['retry-max-wan', 'retry_max_wan', 'count'],
  ['rejoin', 'rejoin_after_leave'],
  ['primary-gateway', 'primary_gateways', ['address']],
  ['encrypt', 'encrypt', 'key'],
  ['disable-keyring-file', 'disable_keyring_file'],
  ['disable-host-node-id', 'disable_host_node_id'],
  ['serf-lan-bind', 'serf_lan', 'address'],
  ['serf-lan-port', 'ports.serf_lan', 'port'],
  ['serf-lan-allowed-cidrs', 'serf_lan_allowed_cidrs', ['network']],
  ['serf-wan-bind', 'serf_wan', 'address'],
  ['serf-wan-port', 'ports.serf_wan', 'port'],
  ['serf-wan-allowed-cidrs', 'serf_wan_allowed_cidrs', ['network']],
  ['server-port', 'ports.server', 'port'],
  ['https-port', 'ports.https', 'port'],
  ['grpc-tls-port', 'ports.grpc_tls', 'port'],
  ['dns-port', 'ports.dns', 'port'],
  ['domain', 'domain', 'name'],
  ['alt-domain', 'alt_domain', 'name'],
  ['recursor', 'recursors', ['address']],
  ['protocol', 'protocol', 'version'],
  ['raft-protocol', 'raft_protocol', 'version'],
  ['read-replica', 'read_replica'],
  ['non-voting-server', 'read_replica'],
  ['segment', 'segment', 'name'],
  ['syslog', 'enable_syslog'],
  ['ui', 'ui_config.enabled'],
  ['ui-dir', 'ui_config.dir', 'path'],
  ['ui-content-path', 'ui_config.content_path', 'path'],
];

const described = new Map(describeAgentKeys().map((key) => [key.path, key]));

const words: Readonly<Record<string, Completes>> = {
  path: 'file',
  level: ['trace', 'debug', 'info', 'warn', 'error'],
  'allow|deny': ['allow', 'deny'],
};

/** The flags that stand for keys. What help says of them is what is said of the keys. */
export const settingFlags: readonly SettingFlag[] = settings.map(([name, key, kind]) => {
  const about = aboutKey(described.get(key));
  if (kind === undefined) return { name, key, about, kind: 'switch' };
  if (typeof kind === 'string') return { name, key, about, ...valued(kind) };
  if ('pairs' in kind) return { name, key, about, kind: 'list', value: kind.pairs, pairs: true };
  return { name, key, about, kind: 'list', value: kind[0] };
});

function valued(value: string): Pick<Flag, 'kind' | 'value' | 'completes'> {
  const completes = words[value];
  return { kind: 'text', value, ...(completes !== undefined && { completes }) };
}

function aboutKey(key: KeyDescription | undefined): string {
  const { effect, text = '' } = key ?? {};
  const plain = text.replaceAll('`', '');
  if (effect === 'none') return `No effect: ${plain}.`;
  return effect === 'refused' ? `Refused: ${plain}.` : plain;
}

const sourceFlags: readonly Flag[] = [
  {
    name: 'dev',
    kind: 'switch',
    about: 'Keep everything in memory; HTTP on 8500 and xDS on 8502.',
  },
  {
    name: 'config-file',
    kind: 'list',
    value: 'path',
    completes: 'file',
    about: 'An .hcl or .json file; may be given again.',
  },
  {
    name: 'config-dir',
    kind: 'list',
    value: 'path',
    completes: 'file',
    about: 'A folder of such files, read in the order of their names.',
  },
  {
    name: 'config-format',
    kind: 'text',
    value: 'hcl|json',
    completes: ['hcl', 'json'],
    about: 'What all of these files are read as, whatever their names.',
  },
  {
    name: 'hcl',
    kind: 'list',
    value: 'text',
    about: 'A piece of configuration; wins over files and flags.',
  },
];

/** The flags of `agent`: Consul's, and those of ours. */
export const agentFlags: readonly Flag[] = [...sourceFlags, ...settingFlags];
