import {
  type AgentConfig,
  formatDuration,
  formatListenAddress,
  type ListenAddress,
} from '@chancery/model';

/** The configuration of an agent under the names that Consul's `DebugConfig` has for it. Nothing of it is a secret. */
export function debugSettings(config: AgentConfig): Readonly<Record<string, unknown>> {
  const { listen, ports, telemetry, scriptChecks, queryWaits } = config;
  return {
    AutoReloadConfig: config.autoReloadConfig,
    AllowWriteHTTPFrom: config.http.allowWriteFrom,
    BindAddr: config.bindAddress,
    CheckOutputMaxSize: config.checkOutputMaxBytes,
    ClientAddrs: config.listen.http.map(formatListenAddress),
    DataDir: config.dataDir ?? '',
    DefaultQueryTime: formatDuration(queryWaits.defaultMs),
    DiscardCheckOutput: config.discardCheckOutput,
    EnableLocalScriptChecks: scriptChecks !== 'off',
    EnableRemoteScriptChecks: scriptChecks === 'all',
    GRPCAddrs: addresses(listen.grpc, ports.grpc),
    HTTPAddrs: addresses(listen.http, ports.http),
    HTTPBlockEndpoints: config.http.blockEndpoints,
    HTTPMaxConnsPerClient: config.http.maxConnectionsPerClient,
    Logging: { LogJSON: config.logJson, LogLevel: config.logLevel.toUpperCase() },
    MaxQueryTime: formatDuration(queryWaits.maxMs),
    NodeMeta: config.nodeMeta,
    PidFile: config.pidFile ?? '',
    TaggedAddresses: config.taggedAddresses,
    Telemetry: {
      AllowedPrefixes: telemetry.allowedPrefixes,
      BlockedPrefixes: telemetry.blockedPrefixes,
      DisableHostname: telemetry.disableHostname,
      FilterDefault: telemetry.filterDefault,
      MetricsPrefix: telemetry.metricsPrefix,
      PrometheusOpts: { Expiration: formatDuration(telemetry.prometheusRetentionMs) },
    },
  };
}

/** As Consul writes them: `tcp://127.0.0.1:8500`. */
function addresses(listen: readonly ListenAddress[], port: number): readonly string[] {
  if (port <= 0) return [];
  return listen.map((address) =>
    address.kind === 'unix' ? `unix://${address.path}` : `tcp://${withPort(address.host, port)}`,
  );
}

function withPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
