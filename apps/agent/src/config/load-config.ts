import { type ConfigRequest, type LoadedConfig, loadAgentConfig } from '@chancery/config-files';
import { checkCustomConfig } from '@chancery/xds-translator';

/** The configuration, in which a durable agent must have a place for its state. */
export function loadConfig(request: ConfigRequest): LoadedConfig {
  const loaded = loadAgentConfig({ ...request, checkService: checkCustomConfig });
  if (!loaded.ok || loaded.config.dev || loaded.config.dataDir !== undefined) return loaded;
  const line = 'data_dir cannot be empty: give -data-dir, or -dev to keep everything in memory';
  return { ok: false, lines: [line] };
}
