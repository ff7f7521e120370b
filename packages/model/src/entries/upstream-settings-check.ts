import type { PassiveHealthCheck, UpstreamLimits } from '../proxy-config.ts';
import { checkName } from './name-checks.ts';
import { collected, each, inside, type Tell } from './problem.ts';
import type { UpstreamConfigs, UpstreamSettings } from './upstream-settings.ts';

/** Refuses settings without a name or of a wrong size. */
export function checkUpstreams({ defaults, overrides }: UpstreamConfigs, tell: Tell): void {
  each(overrides, tell, 'overrides', (settings, at) => {
    const place = `error in upstream override for ${settings.name ?? ''}:${settings.peer ?? ''}: `;
    if (!settings.name) at(['name'], `${place}Name is required`);
    else if (settings.name === '*') at(['name'], `${place}Wildcard name is not supported`);
    else {
      checkName(settings.name, at, 'name');
      checkSettings(settings, place, at);
    }
  });
  if (defaults === undefined) return;
  const at = inside(tell, 'defaults');
  const place = 'error in upstream defaults: ';
  if (defaults.name) at(['name'], `${place}Name must be empty`);
  else checkSettings(defaults, place, at);
}

/** Consul gathers what is wrong with one upstream in a list of its own. */
function checkSettings(settings: UpstreamSettings, place: string, tell: Tell): void {
  const { passiveHealthCheck, limits, balanceOutboundConnections: balance } = settings;
  const problems = collected((told) => {
    if (passiveHealthCheck) checkHealth(passiveHealthCheck, inside(told, 'passiveHealthCheck'));
    if (limits !== undefined) checkLimits(limits, inside(told, 'limits'));
    if (balance && balance !== 'exact_balance') {
      const words = `invalid value for balance_outbound_connections: ${balance}`;
      told(['balanceOutboundConnections'], words);
    }
  });
  for (const { path, consulWords } of problems) {
    tell(path, `${place}1 error occurred:\n\t* ${consulWords}\n\n`, { message: consulWords });
  }
}

function checkHealth(check: PassiveHealthCheck, tell: Tell): void {
  const told = (key: string, rule: string) => tell([key], `passive health check ${rule}`);
  const { intervalMs = 0, enforcingConsecutive5xx = 0, maxEjectionPercent = 0 } = check;
  if (intervalMs < 0) told('interval', 'interval cannot be negative');
  if (enforcingConsecutive5xx > 100) {
    const rule = 'enforcing_consecutive_5xx must be a percentage between 0 and 100';
    told('enforcingConsecutive5xx', rule);
  }
  if (maxEjectionPercent > 100) {
    told('maxEjectionPercent', 'max_ejection_percent must be a percentage between 0 and 100');
  }
  if ((check.baseEjectionTimeMs ?? 0) < 0) {
    told('baseEjectionTime', 'base_ejection_time cannot be negative');
  }
}

function checkLimits(limits: UpstreamLimits, tell: Tell): void {
  for (const [key, name] of [
    ['maxConnections', 'max connections'],
    ['maxPendingRequests', 'max pending requests'],
    ['maxConcurrentRequests', 'max concurrent requests'],
  ] as const) {
    if ((limits[key] ?? 0) < 0) tell([key], `${name} cannot be negative`);
  }
}
