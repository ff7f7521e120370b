export type {
  Document,
  ListNode,
  Member,
  Node,
  ObjectNode,
  Parsed,
  Position,
  ScalarNode,
  SyntaxProblem,
} from './document.ts';
export { parseHcl } from './hcl-parser.ts';
export { parseJson } from './json-parser.ts';
export { positionOf } from './position-of.ts';
export { type PlainValue, toValue } from './to-value.ts';
