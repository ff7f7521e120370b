import { watchFiles } from '@chancery/config-files';
import type { Log } from '../log.ts';
import type { Agent } from '../start-agent.ts';
import type { Reloaded } from './reload-agent.ts';

const part = 'config';
const lookEveryMs = 500;

/** Has the agent read its configuration again on SIGHUP, as service managers ask of it; without this it would end it. */
export function reloadOnHangup(agent: Agent, log: Log): Disposable {
  const onHangup = (): void => void reloadAndTell(agent, log);
  process.on('SIGHUP', onHangup);
  return { [Symbol.dispose]: () => process.off('SIGHUP', onHangup) };
}

/** Has the agent read its configuration again whenever its files change. */
export function reloadOnChange(
  agent: Agent,
  log: Log,
  files: { readonly paths: readonly string[]; readonly since: string },
): Disposable {
  const onChange = (): void => {
    log.info({ part }, 'files have changed');
    void reloadAndTell(agent, log);
  };
  return watchFiles({ ...files, onChange }, lookEveryMs);
}

async function reloadAndTell(agent: Agent, log: Log): Promise<void> {
  try {
    tell(await agent.reload(), log);
  } catch (err) {
    log.error({ part, err }, 'not read again');
  }
}

function tell(outcome: Reloaded, log: Log): void {
  if (!outcome.ok) {
    log.error({ part }, `not read again: ${outcome.message}`);
    return;
  }
  for (const warning of outcome.warnings) log.warn({ part }, warning);
  log.info({ part }, 'read again');
}
