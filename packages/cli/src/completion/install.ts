import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemReason } from '@chancery/client';
import { fail } from '../attempt.ts';
import type { Environment, Io } from '../io.ts';
import { completionScript, type Shell } from './shells.ts';

/** Where the script of a shell is kept, and the file that the shell reads at its start. */
interface Place {
  readonly shell: Shell;
  readonly script: string;
  /** The shell's own file, into which a line goes that reads the script; fish finds scripts by itself. */
  readonly startFile?: string;
}

/** Puts the script where each shell that is in use reads it. */
export async function installCompletion(name: string, io: Io): Promise<number> {
  const places = usedPlaces(name, io.environment);
  if (places.length === 0) {
    const files = '~/.bashrc, ~/.zshrc or a configuration of fish';
    return fail(
      io,
      `No shell was found: there is no ${files}; "chancery completion SHELL" prints a script`,
    );
  }
  return await eachPlace(places, io, async (place) => {
    const had = await isInstalled(place);
    await mkdir(dirname(place.script), { recursive: true });
    await writeFile(place.script, `${completionScript(place.shell, name)}\n`);
    if (had)
      return fail(io, `already installed for ${place.shell}: ${place.script} was written anew`);
    if (place.startFile !== undefined) {
      const before = await readFile(place.startFile, 'utf8');
      const separator = before === '' || before.endsWith('\n') ? '' : '\n';
      await appendFile(place.startFile, `${separator}${startLine(place)}\n`);
    }
    io.out(
      `Installed for ${place.shell}: ${[place.script, place.startFile].filter(Boolean).join(', ')}`,
    );
    return 0;
  });
}

/** Takes away what was installed, and nothing else. */
export async function uninstallCompletion(name: string, io: Io): Promise<number> {
  const installed: Place[] = [];
  for (const place of usedPlaces(name, io.environment)) {
    if (await isInstalled(place)) installed.push(place);
  }
  if (installed.length === 0) return fail(io, 'not installed for any shell');
  return await eachPlace(installed, io, async (place) => {
    await rm(place.script, { force: true });
    if (place.startFile !== undefined) {
      const lines = (await readFile(place.startFile, 'utf8')).split('\n');
      const kept = lines.filter((line) => line !== startLine(place));
      await writeFile(place.startFile, kept.join('\n'));
    }
    io.out(`Uninstalled for ${place.shell}`);
    return 0;
  });
}

async function eachPlace(
  places: readonly Place[],
  io: Io,
  work: (place: Place) => Promise<number>,
): Promise<number> {
  let code = 0;
  for (const place of places) {
    try {
      code = Math.max(code, await work(place));
    } catch (error) {
      code = fail(io, `Completion for ${place.shell}: ${systemReason(error)}`);
    }
  }
  return code;
}

async function isInstalled(place: Place): Promise<boolean> {
  if (place.startFile === undefined) return existsSync(place.script);
  return (await readFile(place.startFile, 'utf8')).split('\n').includes(startLine(place));
}

function startLine({ script }: Place): string {
  return `[ -f "${script}" ] && . "${script}" # chancery completion`;
}

function usedPlaces(name: string, environment: Environment): readonly Place[] {
  const home = environment.HOME || homedir();
  const data = join(environment.XDG_DATA_HOME || join(home, '.local/share'), 'chancery');
  const fish = join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'fish');
  const posix = (shell: Shell, startFile: string): Place[] =>
    existsSync(startFile)
      ? [{ shell, startFile, script: join(data, `${name}-completion.${shell}`) }]
      : [];
  return [
    ...posix('bash', join(home, '.bashrc')),
    ...posix('zsh', join(environment.ZDOTDIR || home, '.zshrc')),
    ...(existsSync(fish)
      ? [{ shell: 'fish' as const, script: join(fish, 'completions', `${name}.fish`) }]
      : []),
  ];
}
