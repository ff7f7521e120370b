import { describeAgentKeys, type KeyDescription, type KeyEffect } from '@chancery/model';
import { consulVersion } from '@chancery/testing';
import { consulKeys } from './consul-keys.ts';

const opening = `# Configuration

This page is written by \`node tools/configuration/src/page-main.ts\` from the tables that read the files. A test fails when it is not
what would be written, and another one when a key of Consul is unknown, or dropped without a word.

An agent reads what \`-config-file\` and \`-config-dir\` name, in the order of the command line, the \`.hcl\` and \`.json\` files of a folder in
the order of their names; then its flags; then \`-hcl\`. What is said later wins, maps are joined, lists add up. Where an address is wanted,
\`{{ GetPrivateIP }}\`, \`{{ GetPublicIP }}\` and \`{{ GetInterfaceIP "eth0" }}\` find one of the machine. \`chancery agent -h\` lists
the flags; \`chancery validate\` reads files without starting anything.`;

/** The blocks that have a section of their own: they are read over HTTP too. */
const registrations = ['services', 'checks'];
const single = ['service', 'check'];

/** The page, as it stands in `docs/configuration.md`. */
export function configurationPage(): string {
  const all = describeAgentKeys();
  const own = all.filter(({ path }) => ![...registrations, ...single].some(isInside(path)));
  const parts = [
    opening,
    `Consul ${consulVersion} knows ${Object.keys(consulKeys).length} keys. Each is understood, has no effect and says so in a warning, or is refused by name.`,
    '## Understood',
    understood(own.filter(({ effect }) => effect === 'understood')),
    '## Without effect',
    'A file that holds them is read, with a warning for each; none where a key says what is so anyway.',
    byReason(own, 'none'),
    '## Refused',
    'Leaving them without effect would be untrue, or unsafe.',
    byReason(own, 'refused'),
    '## Services and checks',
    '`service` and `check` hold one, `services` and `checks` several.',
    ...registrations.map((block) => registration(all, block)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function isInside(path: string): (block: string) => boolean {
  return (block) => path.startsWith(`${block}.`);
}

function understood(keys: readonly KeyDescription[]): string {
  const rows = keys.toSorted(byPath).map(({ path, text }) => `| \`${path}\` | ${cell(text)} |`);
  return ['| key | what it does |', '| --- | --- |', ...rows].join('\n');
}

function byPath(a: KeyDescription, b: KeyDescription): number {
  return a.path < b.path ? -1 : 1;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** The keys of one effect, those of one reason in one line. A block that has it as a whole stands for its keys. */
function byReason(keys: readonly KeyDescription[], effect: KeyEffect): string {
  const groups = new Map<string, string[]>();
  const affected = keys.filter((key) => key.effect === effect);
  const paths = new Set(affected.map(({ path }) => path));
  for (const { path, text } of affected.toSorted(byPath)) {
    if (paths.has(path.split('.').slice(0, -1).join('.'))) continue;
    const inside = affected.filter((key) => key.path.startsWith(`${path}.`));
    groups.set(text, [...(groups.get(text) ?? []), listed(path, inside)]);
  }
  const lines = [...groups].map(([reason, names]) => `- ${capital(reason)}: ${names.join(', ')}`);
  return lines.sort().join('\n');
}

function listed(path: string, inside: readonly KeyDescription[]): string {
  if (inside.length === 0) return `\`${path}\``;
  const names = inside.map((key) => `\`${key.path.slice(path.length + 1)}\``);
  return `\`${path}\` (${names.join(', ')})`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A key with its further names. */
function named({ path, aliases }: KeyDescription): string {
  const also =
    aliases.length === 0 ? '' : ` (or ${aliases.map((alias) => `\`${alias}\``).join(', ')})`;
  return `\`${path}\`${also}`;
}

function registration(all: readonly KeyDescription[], block: string): string {
  const keys = all
    .filter(({ path }) => path.startsWith(`${block}.`))
    .map((key) => ({ ...key, path: key.path.slice(block.length + 1) }))
    // The keys of a sidecar are those of a service.
    .filter(({ path }) => !path.startsWith('connect.sidecar_service.'))
    .filter(({ path }) => block === 'checks' || !/^checks?\./.test(path));
  const names = keys.filter(({ effect }) => effect === 'understood').map(named);
  return [
    `### \`${block}\``,
    `Understood: ${names.join(', ')}.`,
    ...['none', 'refused'].flatMap((effect) => {
      const lines = byReason(keys, effect as KeyEffect);
      const title = effect === 'none' ? 'Without effect:' : 'Refused:';
      return lines === '' ? [] : [`${title}\n\n${lines}`];
    }),
  ].join('\n\n');
}
