import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where an agent without a data directory of its own keeps its state: the user's state folder. */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const home = environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(home, 'chancery');
}
