import { type FilesState, watchFiles } from '@chancery/config-files';
import type { Log } from '../log/log.ts';
import type { Agent } from '../start-agent.ts';

const part = 'config';
const lookEveryMs = 500;

/** Has the agent read its configuration again on SIGHUP, as service managers ask of it; without this it would end it. */
export function reloadOnHangup(agent: Agent, log: Log): Disposable {
  const onHangup = (): void => reload(agent, log);
  process.on('SIGHUP', onHangup);
  return { [Symbol.dispose]: () => process.off('SIGHUP', onHangup) };
}

/** Has the agent read its configuration again whenever its files change. */
export function reloadOnChange(
  agent: Agent,
  log: Log,
  files: { readonly paths: readonly string[]; readonly since: FilesState },
): Disposable {
  const onChange = (): void => {
    log.info({ part }, 'files have changed');
    reload(agent, log);
  };
  const onEmptied = (empty: readonly string[]): void =>
    log.warn({ part, files: empty }, 'empty now; read again if it stays so for some seconds');
  return watchFiles({ ...files, onChange, onEmptied }, lookEveryMs);
}

/** What came of it is told by the agent; what failed for other reasons than a mistake, here. */
function reload(agent: Agent, log: Log): void {
  agent.reload().catch((err) => log.error({ part, err }, 'not read again'));
}
