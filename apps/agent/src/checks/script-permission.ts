import { scriptsDisabled } from '@chancery/health-checks';
import type { AgentConfig, CheckDefinition } from '@chancery/model';

/** Whose checks may run programs. */
export type ScriptChecks = AgentConfig['scriptChecks'];

/** Why a check of a configuration file may not be registered; undefined when it may. */
export function refusedFromFile(
  check: CheckDefinition,
  scriptChecks: ScriptChecks,
): string | undefined {
  return check.probe.kind === 'script' && scriptChecks === 'off' ? scriptsDisabled : undefined;
}

/** Consul's sentence for what comes over the API. */
const disabledFromRemote =
  "Scripts are disabled on this agent from remote calls; to enable, configure 'enable_script_checks' to true";

/** The same of a check that is registered over the API. */
export function refusedFromApi(
  check: CheckDefinition,
  scriptChecks: ScriptChecks,
): string | undefined {
  return check.probe.kind === 'script' && scriptChecks !== 'all' ? disabledFromRemote : undefined;
}
