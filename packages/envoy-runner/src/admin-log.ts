import type { AccessLogs, JsonObject } from '@chancery/model';
import type { BootstrapOptions } from './bootstrap-options.ts';

/** Where Envoy logs the requests to its admin interface: to a path of its own, else where the mesh logs connections, else nowhere. */
export function adminLog({
  accessLogPath,
  accessLogs,
}: Omit<BootstrapOptions['admin'], 'address'>): JsonObject {
  if (accessLogPath !== undefined || !accessLogs?.enabled) {
    return logger('file', { path: accessLogPath ?? '/dev/null' });
  }
  const { type = 'stdout', path = '' } = accessLogs;
  const log_format = formatOf(accessLogs);
  return logger(type, type === 'file' ? { path, log_format } : { log_format });
}

const types = {
  file: 'file.v3.FileAccessLog',
  stdout: 'stream.v3.StdoutAccessLog',
  stderr: 'stream.v3.StderrAccessLog',
} as const satisfies Record<NonNullable<AccessLogs['type']>, string>;

function logger(type: keyof typeof types, config: JsonObject): JsonObject {
  const typeUrl = `type.googleapis.com/envoy.extensions.access_loggers.${types[type]}`;
  return {
    name: `envoy.access_loggers.${type}`,
    typed_config: { '@type': typeUrl, ...config },
  };
}

function formatOf({ textFormat, jsonFormat }: AccessLogs): JsonObject {
  if (textFormat) {
    const line = textFormat.endsWith('\n') ? textFormat : `${textFormat}\n`;
    return { text_format_source: { inline_string: line } };
  }
  return { json_format: jsonFormat ? (JSON.parse(jsonFormat) as JsonObject) : ofRequests };
}

/** What is logged of a request where nobody says otherwise; the keys are those of Consul. */
const ofRequests: JsonObject = {
  start_time: '%START_TIME%',
  duration: '%DURATION%',
  method: '%REQ(:METHOD)%',
  path: '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  protocol: '%PROTOCOL%',
  response_code: '%RESPONSE_CODE%',
  response_flags: '%RESPONSE_FLAGS%',
  bytes_received: '%BYTES_RECEIVED%',
  bytes_sent: '%BYTES_SENT%',
  downstream_local_address: '%DOWNSTREAM_LOCAL_ADDRESS%',
  downstream_remote_address: '%DOWNSTREAM_REMOTE_ADDRESS%',
  user_agent: '%REQ(USER-AGENT)%',
};
