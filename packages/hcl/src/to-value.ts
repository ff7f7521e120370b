import type { Document, Node } from './document.ts';

/** A plain JSON value. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | PlainValue[]
  | { [key: string]: PlainValue };

/** The document as plain JSON: a block is an object, blocks of one key are a list of objects. */
export function toValue(document: Document): { [key: string]: PlainValue } {
  return objectValue(document.root);
}

function plain(node: Node): PlainValue {
  if (node.kind === 'scalar') return node.value;
  return node.kind === 'list' ? node.items.map(plain) : objectValue(node);
}

function objectValue(node: Extract<Node, { kind: 'object' }>): { [key: string]: PlainValue } {
  const entries = [...node.members].map(([key, member]) => [key, plain(member.value)] as const);
  return Object.fromEntries(entries);
}
