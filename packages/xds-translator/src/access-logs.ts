import { create, type JsonObject } from '@bufbuild/protobuf';
import type { Any } from '@bufbuild/protobuf/wkt';
import { pack } from '@chancery/envoy-api';
import {
  type AccessLog,
  type AccessLogFilter,
  AccessLogFilterSchema,
  AccessLogSchema,
} from '@chancery/envoy-api/envoy/config/accesslog/v3/accesslog';
import {
  type SubstitutionFormatString,
  SubstitutionFormatStringSchema,
} from '@chancery/envoy-api/envoy/config/core/v3/substitution_format_string';
import { FileAccessLogSchema } from '@chancery/envoy-api/envoy/extensions/access_loggers/file/v3/file';
import {
  StderrAccessLogSchema,
  StdoutAccessLogSchema,
} from '@chancery/envoy-api/envoy/extensions/access_loggers/stream/v3/stream';
import type { AccessLogs } from '@chancery/model';

/** Whether connections come from the mesh, or from the local app. */
export type Direction = 'inbound' | 'outbound';

/** The log of the connections that a filter serves or refuses. */
export function connectionLogs(logs: AccessLogs | undefined, direction: Direction): AccessLog[] {
  return logs === undefined ? [] : [accessLog(logs, direction)];
}

/** The log of the connections that no filter chain of a listener takes. */
export function listenerLogs(logs: AccessLogs | undefined, direction: Direction): AccessLog[] {
  if (logs === undefined || logs.disableListenerLogs) return [];
  return [accessLog(logs, direction, noFilterChain())];
}

/** The way in which Envoy marks that there was nowhere to go. */
function noFilterChain(): AccessLogFilter {
  return create(AccessLogFilterSchema, {
    filterSpecifier: { case: 'responseFlagFilter', value: { flags: ['NR'] } },
  });
}

function accessLog(logs: AccessLogs, direction: Direction, filter?: AccessLogFilter): AccessLog {
  const [name, typedConfig] = logger(logs, direction);
  return create(AccessLogSchema, {
    name,
    configType: { case: 'typedConfig', value: typedConfig },
    ...(filter && { filter }),
  });
}

function logger(logs: AccessLogs, direction: Direction): readonly [name: string, typedConfig: Any] {
  const format = { case: 'logFormat', value: formatOf(logs, direction) } as const;
  switch (logs.type) {
    case 'file': {
      const log = create(FileAccessLogSchema, { path: logs.path ?? '', accessLogFormat: format });
      return ['envoy.access_loggers.file', pack(FileAccessLogSchema, log)];
    }
    case 'stderr': {
      const log = create(StderrAccessLogSchema, { accessLogFormat: format });
      return ['envoy.access_loggers.stderr', pack(StderrAccessLogSchema, log)];
    }
    default: {
      const log = create(StdoutAccessLogSchema, { accessLogFormat: format });
      return ['envoy.access_loggers.stdout', pack(StdoutAccessLogSchema, log)];
    }
  }
}

function formatOf(
  { textFormat, jsonFormat }: AccessLogs,
  direction: Direction,
): SubstitutionFormatString {
  if (textFormat) {
    const line = textFormat.endsWith('\n') ? textFormat : `${textFormat}\n`;
    return create(SubstitutionFormatStringSchema, {
      format: {
        case: 'textFormatSource',
        value: { specifier: { case: 'inlineString', value: line } },
      },
    });
  }
  const value = jsonFormat ? (JSON.parse(jsonFormat) as JsonObject) : usualFormat[direction];
  return create(SubstitutionFormatStringSchema, { format: { case: 'jsonFormat', value } });
}

/** What can be told of a connection whatever its direction. Keys that Consul's own format has are as there. */
const ofConnections: JsonObject = {
  start_time: '%START_TIME%',
  duration: '%DURATION%',
  connection_termination_details: '%CONNECTION_TERMINATION_DETAILS%',
  response_flags: '%RESPONSE_FLAGS%',
  bytes_received: '%BYTES_RECEIVED%',
  bytes_sent: '%BYTES_SENT%',
  requested_server_name: '%REQUESTED_SERVER_NAME%',
  downstream_local_address: '%DOWNSTREAM_LOCAL_ADDRESS%',
  downstream_remote_address: '%DOWNSTREAM_REMOTE_ADDRESS%',
  downstream_transport_failure_reason: '%DOWNSTREAM_TRANSPORT_FAILURE_REASON%',
  upstream_cluster: '%UPSTREAM_CLUSTER%',
  upstream_host: '%UPSTREAM_HOST%',
  upstream_local_address: '%UPSTREAM_LOCAL_ADDRESS%',
  upstream_transport_failure_reason: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
};

/** What is logged where nobody says otherwise. `intention` is the name of the shadow rule that the source meets. */
const usualFormat: Readonly<Record<Direction, JsonObject>> = {
  inbound: {
    ...ofConnections,
    source: '%DOWNSTREAM_PEER_URI_SAN%',
    destination: '%DOWNSTREAM_LOCAL_URI_SAN%',
    intention: '%DYNAMIC_METADATA(envoy.filters.network.rbac:shadow_effective_policy_id)%',
  },
  outbound: {
    ...ofConnections,
    source: '%UPSTREAM_LOCAL_URI_SAN%',
    destination: '%UPSTREAM_PEER_URI_SAN%',
  },
};
