import type { Check, CheckRow } from '@chancery/catalog';
import { type CheckProbe, formatDuration } from '@chancery/model';
import { indexes } from './catalog-json.ts';
import type { Shown } from './shown.ts';

/** A check as the catalog and health show it. */
export function healthCheck(row: CheckRow): Shown<'CheckID'> {
  const { check, state, serviceName, serviceTags, revisions } = row;
  return {
    Node: check.node,
    CheckID: check.checkId,
    Name: check.name,
    Status: state.status,
    Notes: check.notes,
    Output: state.output,
    ServiceID: check.serviceId,
    ServiceName: serviceName,
    ServiceTags: serviceTags,
    ...found(check.probe),
    ...timing(check),
    ...indexes(revisions),
  };
}

/** A check as the agent that runs it shows it: with what it printed last, and without an index. */
export function agentCheck(row: CheckRow, lastOutput: string | undefined): Shown<'CheckID'> {
  const output = lastOutput ?? row.state.output;
  return { ...healthCheck(row), Output: output, CreateIndex: 0, ModifyIndex: 0 };
}

/** What an agent runs it does not describe; what others report is shown as they described it. */
function found(probe: CheckProbe): object {
  if (probe.kind !== 'reported') return { Type: probe.kind, ExposedPort: 0, Definition: {} };
  const { type = '', exposedPort = 0, definition = {} } = probe;
  return { Type: type, ExposedPort: exposedPort, Definition: definition };
}

/** Times that were not given are shown as none, but of a check that stands by itself as 0, as Consul does. */
function timing({ probe, alone }: Check): object {
  if (probe.kind === 'reported') {
    return { Interval: probe.interval ?? '', Timeout: probe.timeout ?? '' };
  }
  const none = alone ? '0s' : '';
  if (!('intervalMs' in probe)) return { Interval: none, Timeout: none };
  const { intervalMs, timeoutMs } = probe;
  return {
    Interval: formatDuration(intervalMs),
    Timeout: timeoutMs === undefined ? none : formatDuration(timeoutMs),
  };
}

/** What Consul says of how a check is run where it asks the agent alone: nothing, at length. */
const undescribed = {
  Interval: '0s',
  Timeout: '0s',
  DeregisterCriticalServiceAfter: '0s',
  HTTP: '',
  Header: null,
  Method: '',
  Body: '',
  TLSServerName: '',
  TLSSkipVerify: false,
  TCP: '',
  TCPUseTLS: false,
  UDP: '',
  GRPC: '',
  OSService: '',
  GRPCUseTLS: false,
};

/** A check beside the health of its service, as `/v1/agent/health/service` shows it. */
export function agentHealthCheck(row: CheckRow, lastOutput: string | undefined): object {
  const { Interval: _i, Timeout: _t, ...shown } = agentCheck(row, lastOutput);
  const tags = row.serviceTags.length === 0 ? null : row.serviceTags;
  return { ...shown, ServiceTags: tags, Type: '', Definition: undescribed };
}
