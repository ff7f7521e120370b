import { spell } from '../block.ts';
import { agentFields } from './agent-file.ts';
import type { KeyEffect, NotedFields } from './key.ts';

/** One key of the agent's files, and what becomes of it. */
export interface KeyDescription {
  /** As it is written: `ports.http`. */
  readonly path: string;
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
    const { note } = known;
    if (note === undefined) return [unnoted(path, known)];
    const { effect, text, inside = {} } = note;
    return [{ path, effect, text }, ...described(inside, `${path}.`)];
  });
}

function unnoted(path: string, known: NotedFields[string]): KeyDescription {
  switch (known.kind) {
    case 'value':
      return { path, effect: 'understood', text: '' };
    case 'ignored':
      return { path, effect: 'none', text: known.reason };
    case 'unsupported':
      return { path, effect: 'refused', text: known.reason };
  }
}
