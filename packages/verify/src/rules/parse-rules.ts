import {
  type Member,
  type Node,
  type ObjectNode,
  type Position,
  parseHcl,
  parseJson,
} from '@chancery/hcl';
import type { Assertion } from '../verification.ts';
import { decodeAssertion } from './decode-assertion.ts';
import { checkKeys, describeNode, memberOf, type Report } from './rule-reader.ts';

/** The assertions of a file in its order, or every mistake as a line: `rules.hcl:3:11: …`. */
export type ParsedRules =
  | { readonly ok: true; readonly assertions: readonly Assertion[] }
  | { readonly ok: false; readonly lines: readonly string[] };

/** Reads a file of rules; `name` is what its places are told by. One that begins with `{` is JSON. */
export function parseRules(name: string, text: string): ParsedRules {
  const isJson = /^\uFEFF?\s*\{/.test(text);
  const parsed = isJson ? parseJson(text) : parseHcl(text);
  if (!parsed.ok) {
    const lines = parsed.errors.map((error) => `${place(name, error)}: ${error.message}`);
    return { ok: false, lines: usesBareTo(text) ? [...lines, bareTo(name)] : lines };
  }
  const problems: Problem[] = [];
  const report: Report = (position, message) => {
    problems.push({ position, message });
    return undefined;
  };
  const assertions = assertionsIn(parsed.document.root, name, report);
  return problems.length === 0
    ? { ok: true, assertions }
    : { ok: false, lines: told(name, problems) };
}

interface Problem {
  readonly position: Position;
  readonly message: string;
}

function told(name: string, problems: readonly Problem[]): readonly string[] {
  return problems
    .toSorted(({ position: a }, { position: b }) => a.line - b.line || a.column - b.column)
    .map(({ position, message }) => `${place(name, position)}: ${message}`);
}

function place(name: string, { line, column }: Position): string {
  return `${name}:${line}:${column}`;
}

/** `only = ["api"] to db` reads well, and is no HCL. */
function usesBareTo(text: string): boolean {
  return /\bonly\s*=\s*\[[^\]]*\]\s*to\s+["\w*]/.test(text);
}

function bareTo(name: string): string {
  return `${name}: "to" is a key of its own: only = ["api", "batch"] and, on the next line, to = "db"`;
}

function assertionsIn(root: ObjectNode, name: string, report: Report): readonly Assertion[] {
  checkKeys(root, ['assert'], report);
  const member = memberOf(root, 'assert');
  return member === undefined
    ? []
    : blocksIn(member, report).flatMap((block) => {
        const assertion = decodeAssertion(block.node, block.label, report);
        const position = place(name, block.node.position);
        return assertion === undefined ? [] : [{ position, ...assertion }];
      });
}

interface AssertBlock {
  readonly node: ObjectNode;
  readonly label?: string;
}

function blocksIn({ value }: Member, report: Report): readonly AssertBlock[] {
  const nodes = value.kind === 'list' ? value.items : [value];
  return nodes.flatMap((node) => {
    if (node.kind === 'object') return labelled(node);
    const found = describeNode(node);
    report(
      node.position,
      `expected a block such as assert { never = "web -> db" }, found ${found}`,
    );
    return [];
  });
}

/** `assert "cards" { … }` is a block `cards` within `assert`: its label is its name. */
function labelled(node: ObjectNode): readonly AssertBlock[] {
  const members = [...node.members];
  const inner = members.map(([label, { value }]) => ({ label, blocks: objectsIn(value) }));
  if (inner.length === 0 || inner.some(({ blocks }) => blocks === undefined)) return [{ node }];
  return inner.flatMap(({ label, blocks = [] }) => blocks.map((block) => ({ node: block, label })));
}

function objectsIn(node: Node): readonly ObjectNode[] | undefined {
  if (node.kind === 'object') return [node];
  if (node.kind !== 'list' || node.items.length === 0) return undefined;
  const objects = node.items.filter((item) => item.kind === 'object');
  return objects.length === node.items.length ? objects : undefined;
}
