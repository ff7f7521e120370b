import type { LoadedConfig } from '@chancery/config-files';
import type { AgentConfig } from '@chancery/model';
import { openAddresses } from '../../warn-of-open-address.ts';
import { bounded, type Found, failed, ok, warning } from './finding.ts';

/** Where an agent listens. */
type Served = Pick<AgentConfig, 'listen' | 'ports'>;

/** Whether the agent would start again with its files as they are, and who can reach it. */
export function configurationFindings(
  config: Served,
  readConfig: () => LoadedConfig,
): readonly Found[] {
  return [...fileFindings(readConfig()), listenerFinding(config)];
}

function fileFindings(loaded: LoadedConfig): readonly Found[] {
  if (!loaded.ok) {
    const hint = 'mend it, or the agent will not start again; `chancery validate` tells more';
    const found = loaded.lines.map((line) => failed('configuration', line, hint));
    return bounded(found, 'chancery validate');
  }
  const hint = 'see docs/configuration.md';
  const warnings = loaded.warnings.map((line) => warning('configuration', line, hint));
  if (warnings.length > 0) return bounded(warnings, 'chancery validate');
  return [ok('configuration', 'flags and files are read without a mistake')];
}

function listenerFinding(config: Served): Found {
  const open = openAddresses(config);
  if (open.length === 0) return ok('listeners', 'only this machine can reach the agent');
  return warning(
    'listeners',
    `the agent is served beyond this machine (${open.join(', ')}), without authentication: whoever reaches it may change who may talk to whom`,
    'bind it to 127.0.0.1 (client_addr, addresses), or put a firewall before it',
  );
}
