import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { type CommandEntry, commands } from './commands.ts';
import type { Flag } from './flags.ts';

const agentRow = ['agent', 'Run an agent'];

/** What `chancery -h` prints. */
export function overview(): string {
  const rows = commands.map(({ path, summary }) => [path.join(' '), summary]);
  const all = [agentRow, ...rows].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return `Usage: chancery <command> [flags] [arguments]\n\n${indented(columns(all))}\n\nchancery <command> -h explains a command.`;
}

/** What a group without a command prints, such as `chancery intention`. */
export function groupUsage(group: string, entries: readonly CommandEntry[]): string {
  const rows = entries.map(({ path, summary }) => [path.join(' '), summary]);
  return `Usage: chancery ${group} <command> [flags] [arguments]\n\n${indented(columns(rows))}`;
}

/** What `-h` prints of a command. */
export function commandUsage(path: readonly string[], command: Command): string {
  const usage = `Usage: chancery ${path.join(' ')} ${command.usage}`.trimEnd();
  const flags =
    command.flags.length === 0
      ? ''
      : `\n\nFlags:\n\n${indented(columns(command.flags.map(flagRow)))}`;
  return `${usage}\n\n${command.about}${flags}`;
}

function flagRow(flag: Flag): readonly string[] {
  return [`-${flag.name}${flag.value === undefined ? '' : `=<${flag.value}>`}`, flag.about];
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
