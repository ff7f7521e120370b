import type { Document, Member, Node, ObjectNode, Position } from './document.ts';

/**
 * Where the value at a path stands, or its key. Forgiving, so that paths of a decoder that normalises what it
 * reads find their place: keys match whatever their case and underscores, index 0 of what is no list is the
 * value itself, and a key goes through a list of one. A path that leads nowhere ends where it got lost.
 */
export function positionOf(
  document: Document,
  path: readonly (string | number)[],
  options: { readonly at?: 'key' | 'value' } = {},
): Position {
  let node: Node = document.root;
  let key: Position | undefined;
  for (const step of path) {
    const found: Found | undefined =
      typeof step === 'number' ? itemOf(node, step) : memberOf(node, step);
    if (found === undefined) return key ?? node.position;
    node = found.node;
    key = options.at === 'key' ? found.key : undefined;
  }
  return key ?? node.position;
}

interface Found {
  readonly node: Node;
  readonly key?: Position;
}

function itemOf(node: Node, index: number): Found | undefined {
  if (node.kind !== 'list') return index === 0 ? { node } : undefined;
  const item = node.items[index];
  return item === undefined ? undefined : { node: item };
}

function memberOf(node: Node, key: string): Found | undefined {
  const only = soleItem(node);
  const member = only.kind === 'object' ? lookUp(only, key) : undefined;
  return member === undefined ? undefined : { node: member.value, key: member.keyPosition };
}

function soleItem(node: Node): Node {
  let inner = node;
  while (inner.kind === 'list' && inner.items.length === 1 && inner.items[0] !== undefined) {
    inner = inner.items[0];
  }
  return inner;
}

function lookUp(node: ObjectNode, key: string): Member | undefined {
  const exact = node.members.get(key);
  if (exact !== undefined) return exact;
  const wanted = fold(key);
  for (const [name, member] of node.members) if (fold(name) === wanted) return member;
  return undefined;
}

function fold(key: string): string {
  return key.replaceAll('_', '').toLowerCase();
}
