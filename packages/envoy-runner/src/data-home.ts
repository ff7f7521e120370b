import { homedir } from 'node:os';
import { join } from 'node:path';

/** The Envoy that is installed: the one that this project is tested with. */
export const knownGoodVersion = '1.40.0';

/** The folder for what belongs to the user, as the XDG base directory specification has it. */
export function dataHome(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_DATA_HOME: declared = '' } = environment;
  return declared === '' ? join(homedir(), '.local', 'share') : declared;
}

/** Where the installed Envoy lives under a data folder. */
export function installedEnvoy(dataHome: string): string {
  return join(dataHome, 'chancery', 'envoy', knownGoodVersion, 'envoy');
}
