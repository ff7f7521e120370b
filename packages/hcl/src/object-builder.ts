import type { Member, Node, ObjectNode, Position } from './document.ts';

/** Gathers the members of an object in their order, joining what HCL joins. */
export interface ObjectBuilder {
  /** Adds a member; a message when it cannot stand beside what the key has already. */
  add(key: string, keyPosition: Position, value: Node): string | undefined;
  build(position: Position): ObjectNode;
}

/** An object as HCL 1 reads it: blocks and lists of one key add up, of plain values the last one counts. */
export function objectBuilder(): ObjectBuilder {
  const members = new Map<string, Gathered>();
  return {
    add: (key, keyPosition, value) => {
      const before = members.get(key);
      if (before === undefined) {
        members.set(key, { keyPosition, values: [value] });
        return undefined;
      }
      return join(before, { key, keyPosition, value });
    },
    build: (position) => ({ kind: 'object', position, members: mapMembers(members) }),
  };
}

interface Gathered {
  readonly keyPosition: Position;
  values: Node[];
  repeatedAt?: Position;
}

interface Added {
  readonly key: string;
  readonly keyPosition: Position;
  readonly value: Node;
}

function join(before: Gathered, { key, keyPosition, value }: Added): string | undefined {
  const wasScalar = before.values[0]?.kind === 'scalar';
  if (wasScalar !== (value.kind === 'scalar')) {
    return `"${key}" is a plain value in one place and a block or list in another: keep one`;
  }
  before.repeatedAt = keyPosition;
  if (wasScalar) before.values = [value];
  else before.values.push(value);
  return undefined;
}

function mapMembers(gathered: ReadonlyMap<string, Gathered>): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  for (const [key, { values, ...positions }] of gathered) {
    members.set(key, { ...positions, value: joined(values) });
  }
  return members;
}

function joined(values: readonly Node[]): Node {
  const [first, ...others] = values;
  if (first === undefined) throw new Error('a key was gathered without a value');
  if (others.length === 0) return first;
  const items = values.flatMap((value) => (value.kind === 'list' ? value.items : [value]));
  return { kind: 'list', position: first.position, items };
}
