import type { Command } from './command.ts';
import { type CommandEntry, commands } from './commands.ts';
import type { Group } from './find-command.ts';
import type { Flag } from './flags.ts';
import { httpFlags } from './http-flags.ts';
import { columns } from './output/columns.ts';
import { folded } from './output/folded.ts';

/** Commands that are no part of this package. */
const launched = [
  ['agent', 'Run an agent'],
  ['status', 'Show the mesh on a screen that follows it'],
];

/** What comes first to see a mesh, and to change it knowing what that does. */
const first = 'status proxies explain check verify plan apply history diff rollback'.split(' ');

/** What `chancery -h` prints. */
export function overview(): string {
  const rows = [...launched, ...commands.filter(isThere).map(commandRow)];
  const sorted = rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  const leading = first.flatMap((name) => sorted.filter(([path]) => path === name));
  const others = sorted.filter((row) => !leading.includes(row));
  const lines = columns([...leading, ...others]).split('\n');
  return [
    'Usage: chancery <command> [flags] [arguments]',
    'See the mesh, and know what a change does:',
    indented(lines.slice(0, leading.length).join('\n')),
    'Run it, and declare what is in it:',
    indented(lines.slice(leading.length).join('\n')),
    missing(commands),
    'chancery <command> -h explains a command.',
  ].join('\n\n');
}

/** What a group without a command prints, such as `chancery intention`. */
export function groupUsage({ path, entries }: Group): string {
  return [
    `Usage: chancery ${path.join(' ')} <command> [flags] [arguments]`,
    indented(columns(entries.filter(isThere).map(commandRow))),
    missing(entries),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What `-h` prints of a command: in lines that fit a width, but for its examples, which are to be copied. */
export function commandUsage(path: readonly string[], command: Command, width?: number): string {
  const shared = command.flags.filter((flag) => httpFlags.includes(flag));
  const own = command.flags.filter((flag) => !httpFlags.includes(flag));
  const parts = [
    `Usage: chancery ${path.join(' ')} ${command.usage}`.trimEnd(),
    command.about,
    flagTable('Flags:', own),
    flagTable('Flags of every command that talks to an agent:', shared),
  ];
  return [...parts.map((part) => folded(part, width)), examples(command.examples ?? [])]
    .filter((part) => part !== '')
    .join('\n\n');
}

function examples(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const shown = lines.map((line) => `  chancery ${line}`).join('\n');
  return `${lines.length === 1 ? 'Example' : 'Examples'}:\n\n${shown}`;
}

function flagTable(title: string, flags: readonly Flag[]): string {
  return flags.length === 0 ? '' : `${title}\n\n${indented(columns(flags.map(flagRow)))}`;
}

function flagRow(flag: Flag): readonly string[] {
  return [`-${flag.name}${flag.value === undefined ? '' : `=<${flag.value}>`}`, flag.about];
}

function isThere({ isMissing }: CommandEntry): boolean {
  return !isMissing;
}

function commandRow({ path, summary }: CommandEntry): readonly string[] {
  return [path.join(' '), summary];
}

function missing(entries: readonly CommandEntry[]): string {
  const names = entries.filter((each) => !isThere(each)).map(({ path }) => path.join(' '));
  return names.length === 0 ? '' : `Not there yet:\n\n${indented(wrapped(names))}`;
}

/** With the indent and a comma, no more than a terminal has. */
const lineWidth = 74;

function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last === undefined || last.length + name.length > lineWidth) lines.push(name);
    else lines[lines.length - 1] = `${last}, ${name}`;
  }
  return lines.join(',\n');
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
