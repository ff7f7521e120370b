import type { Member, Node, ObjectNode, Position } from '@chancery/hcl';
import { suggest } from '@chancery/model';

/** Where the mistakes of a file are gathered. */
export type Report = (position: Position, message: string) => undefined;

/** What a value is, in the words of a message. */
export function describeNode(node: Node): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'object') return 'a block';
  if (node.value === null) return 'null';
  return typeof node.value === 'string'
    ? JSON.stringify(node.value)
    : `the ${typeof node.value} ${node.value}`;
}

/** The member of a block with a key, whatever the case of its letters. */
export function memberOf(block: ObjectNode, key: string): Member | undefined {
  for (const [name, member] of block.members) if (name.toLowerCase() === key) return member;
  return undefined;
}

/** Reports the keys of a block that are not among those known. */
export function checkKeys(block: ObjectNode, known: readonly string[], report: Report): void {
  for (const [name, { keyPosition }] of block.members) {
    if (!known.includes(name.toLowerCase())) report(keyPosition, unknownKey(name, known));
  }
}

/** Reports the keys of a block that stand in it more than once. */
export function checkRepeats(block: ObjectNode, report: Report): void {
  const seen = new Set<string>();
  for (const [name, { keyPosition, repeatedAt }] of block.members) {
    const key = name.toLowerCase();
    if (seen.has(key)) report(keyPosition, twice(name));
    else if (repeatedAt !== undefined) report(repeatedAt, twice(name));
    seen.add(key);
  }
}

function unknownKey(name: string, known: readonly string[]): string {
  const near = suggest(name, known);
  const way = near === undefined ? `there is ${known.join(', ')}` : `did you mean "${near}"?`;
  return `unknown key "${name}": ${way}`;
}

function twice(name: string): string {
  return `"${name}" stands twice in one block: write a block for each`;
}

/** A text that says something. */
export function textOf(member: Member, report: Report): string | undefined {
  const { value } = member;
  if (value.kind === 'scalar' && typeof value.value === 'string') {
    return value.value.trim() === '' ? report(value.position, 'must not be empty') : value.value;
  }
  return report(value.position, `expected a text in quotes, found ${describeNode(value)}`);
}

/** True or false. */
export function flagOf(member: Member, report: Report): boolean | undefined {
  const { value } = member;
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
  return report(value.position, `expected true or false, found ${describeNode(value)}`);
}
