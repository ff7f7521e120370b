import type { AgentConfig } from '@chancery/model';

/** A setting that is settled when the agent starts: its keys, and what of it counts where that is not all. */
interface Settled {
  readonly keys: string;
  readonly of?: (config: AgentConfig) => unknown;
}

/** Each setting: applied by a reload, or settled at the start. */
const settings: { readonly [K in keyof Required<AgentConfig>]: 'reloaded' | Settled } = {
  services: 'reloaded',
  checks: 'reloaded',
  logLevel: 'reloaded',
  nodeMeta: 'reloaded',
  dev: { keys: '-dev' },
  datacenter: { keys: 'datacenter' },
  nodeName: { keys: 'node_name' },
  nodeId: { keys: 'node_id' },
  dataDir: { keys: 'data_dir' },
  bindAddress: { keys: 'bind_addr' },
  advertiseAddress: { keys: 'advertise_addr' },
  taggedAddresses: { keys: 'advertise_addr_wan or tagged_addresses' },
  listen: { keys: 'client_addr or addresses' },
  ports: { keys: 'ports' },
  logJson: { keys: 'log_json' },
  logFile: { keys: 'log_file or log_rotate_bytes, log_rotate_duration, log_rotate_max_files' },
  pidFile: { keys: 'pid_file' },
  autoReloadConfig: { keys: 'auto_reload_config' },
  defaultIntentionPolicy: { keys: 'default_intention_policy' },
  ca: { keys: 'connect.ca_config' },
  http: {
    keys: 'http_config.max_header_bytes or unix_sockets.mode',
    of: ({ http: { maxHeaderBytes, socketMode } }) => [maxHeaderBytes, socketMode],
  },
  configEntries: { keys: 'config_entries' },
  queryWaits: { keys: 'default_query_time or max_query_time' },
  telemetry: { keys: 'telemetry' },
  scriptChecks: { keys: 'enable_script_checks or enable_local_script_checks' },
  discardCheckOutput: { keys: 'discard_check_output' },
  checkOutputMaxBytes: { keys: 'check_output_max_size' },
  checkUpdateIntervalMs: { keys: 'check_update_interval' },
};

/** The keys whose settings differ from those the agent was started with, and that a reload does not apply. */
export function changedSettled(started: AgentConfig, next: AgentConfig): readonly string[] {
  return Object.entries(settings).flatMap(([name, setting]) => {
    if (setting === 'reloaded') return [];
    const { keys, of = (config) => config[name as keyof AgentConfig] } = setting;
    return JSON.stringify(of(started)) === JSON.stringify(of(next)) ? [] : [keys];
  });
}
