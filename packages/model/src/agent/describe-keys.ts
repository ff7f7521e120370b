import { spell } from '../block.ts';
import { agentFields } from './agent-file.ts';
import type { KeyEffect, KeyNote, NotedFields } from './key.ts';

/** One key of the agent's files, and what becomes of it. */
export interface KeyDescription {
  /** As it is written: `ports.http`. */
  readonly path: string;
  /** Further names of it. */
  readonly aliases: readonly string[];
  readonly effect: KeyEffect;
  /** What it is for, or why it has no effect or is refused; empty inside services and checks. */
  readonly text: string;
}

/** Every key that a file of the agent may hold, from the tables that read them. */
export function describeAgentKeys(): readonly KeyDescription[] {
  return described(agentFields, '');
}

function described(fields: NotedFields, parent: string): KeyDescription[] {
  return Object.entries(fields).flatMap(([name, known]) => {
    const path = `${parent}${spell(name, 'file')}`;
    const { effect, text, inside = insideOf(known) } = known.note ?? unnoted(known);
    const aliases = known.kind === 'value' ? known.aliases.map((each) => spell(each, 'file')) : [];
    return [{ path, aliases, effect, text }, ...described(inside, `${path}.`)];
  });
}

/** Services and checks are read over HTTP too, and their tables carry no notes. */
function unnoted(known: NotedFields[string]): KeyNote {
  switch (known.kind) {
    case 'value':
      return { effect: 'understood', text: '' };
    case 'ignored':
      return { effect: 'none', text: known.reason };
    case 'unsupported':
      return { effect: 'refused', text: known.reason };
  }
}

function insideOf(known: NotedFields[string]): NotedFields {
  return known.kind === 'value' ? ((known.decode.fields ?? {}) as NotedFields) : {};
}
