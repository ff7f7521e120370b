import { defined } from './block.ts';
import type { CheckDefinition, CheckProbe, CheckTiming, CheckTls } from './check.ts';
import { formatDuration } from './duration.ts';
import type { JsonObject } from './proxy.ts';

/** A check in the body of a registration, as Consul spells it; what is as usual is left out. */
export function encodeCheck(check: CheckDefinition): JsonObject {
  const { thresholds, deregisterAfterMs } = check;
  return defined({
    CheckID: check.checkId,
    Name: check.name,
    Notes: check.notes,
    Status: check.initialStatus,
    ...encodeProbe(check.probe),
    SuccessBeforePassing: thresholds?.successBeforePassing,
    FailuresBeforeWarning: thresholds?.failuresBeforeWarning,
    FailuresBeforeCritical: thresholds?.failuresBeforeCritical,
    OutputMaxSize: check.outputMaxBytes,
    DeregisterCriticalServiceAfter:
      deregisterAfterMs === undefined ? undefined : formatDuration(deregisterAfterMs),
  }) as JsonObject;
}

function encodeProbe(probe: CheckProbe): object {
  switch (probe.kind) {
    case 'ttl':
      return { TTL: formatDuration(probe.ttlMs) };
    case 'http':
      return {
        HTTP: probe.url,
        Method: probe.method,
        Header: probe.headers,
        Body: probe.body,
        DisableRedirects: probe.disableRedirects,
        ...timing(probe),
        ...tls(probe.tls),
      };
    case 'tcp':
      return {
        TCP: probe.address,
        TCPUseTLS: probe.tls && true,
        ...timing(probe),
        ...tls(probe.tls),
      };
    case 'udp':
      return { UDP: probe.address, ...timing(probe) };
    case 'grpc':
      return {
        GRPC: probe.service === '' ? probe.address : `${probe.address}/${probe.service}`,
        GRPCUseTLS: probe.tls && true,
        ...timing(probe),
        ...tls(probe.tls),
      };
    case 'h2ping':
      return {
        H2PING: probe.address,
        H2PingUseTLS: probe.tls !== undefined,
        ...timing(probe),
        ...tls(probe.tls),
      };
    case 'script':
      return { Args: [probe.program, ...probe.args], ...timing(probe) };
    case 'alias':
      return { AliasService: probe.serviceId || undefined, AliasNode: probe.node };
    case 'maintenance':
    case 'reported':
      return {};
  }
}

function timing({ intervalMs, timeoutMs }: CheckTiming): object {
  return {
    Interval: formatDuration(intervalMs),
    Timeout: timeoutMs === undefined ? undefined : formatDuration(timeoutMs),
  };
}

function tls(settings: CheckTls | undefined): object {
  return { TLSServerName: settings?.serverName, TLSSkipVerify: settings?.skipVerify || undefined };
}
