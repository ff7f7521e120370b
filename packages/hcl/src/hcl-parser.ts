import { Cursor, Unreadable } from './cursor.ts';
import {
  maximumDepth,
  type Node,
  type ObjectNode,
  type Parsed,
  type Position,
} from './document.ts';
import { nextToken } from './hcl-lexer.ts';
import { describeToken, type Token } from './hcl-token.ts';
import { parseJson } from './json-parser.ts';
import { type ObjectBuilder, objectBuilder } from './object-builder.ts';

/**
 * Reads HCL 1, as Consul's files are written; a text that starts with `{` is JSON, as there. Never throws; input
 * of any kind takes time in proportion to its size.
 */
export function parseHcl(text: string): Parsed {
  if (/^\uFEFF?\s*\{/.test(text)) return parseJson(text);
  const cursor = new Cursor(text);
  try {
    const root = new Parser(cursor).document();
    if (cursor.errors.length === 0) return { ok: true, document: { root } };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return { ok: false, errors: cursor.problems };
}

interface Key {
  readonly text: string;
  readonly position: Position;
}

/** Recursive descent with one token in hand; `maximumDepth` bounds the recursion. */
class Parser {
  readonly #cursor: Cursor;
  #token: Token;
  #depth = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#token = nextToken(cursor);
  }

  document(): ObjectNode {
    const start = { line: 1, column: 1 };
    const builder = objectBuilder();
    while (this.#token.kind !== 'end') {
      if (this.#token.kind === '}') {
        this.#cursor.report('this "}" closes nothing: remove it', this.#token.position);
        this.#next();
      } else this.#member(builder);
    }
    return builder.build(start);
  }

  #next(): void {
    this.#token = nextToken(this.#cursor);
  }

  #member(builder: ObjectBuilder): void {
    const keys = this.#keys();
    const [key, ...labels] = keys;
    if (key === undefined) {
      this.#recover(`expected a key, found ${describeToken(this.#token)}`);
      return;
    }
    const value = this.#memberValue(key, labels);
    if (value === undefined) return;
    const problem = builder.add(key.text, key.position, value);
    if (problem !== undefined) this.#cursor.report(problem, key.position);
    if (this.#token.kind === ',') this.#next();
  }

  #keys(): readonly Key[] {
    const keys: Key[] = [];
    for (;;) {
      const { position } = this.#token;
      if (this.#token.kind === 'name') keys.push({ text: this.#token.text, position });
      else if (this.#token.kind === 'string') keys.push({ text: this.#token.value, position });
      else return keys;
      this.#next();
    }
  }

  #memberValue(key: Key, labels: readonly Key[]): Node | undefined {
    if (this.#token.kind === '{') return this.#block(key, labels);
    if (this.#token.kind !== '=') {
      const found = describeToken(this.#token);
      this.#recover(`expected "=" or "{" after "${[key, ...labels].at(-1)?.text}", found ${found}`);
      return undefined;
    }
    const [label] = labels;
    this.#next();
    const value = this.#value();
    if (label === undefined) return value;
    const message = `expected "=" or "{" after "${key.text}", found "${label.text}"`;
    this.#cursor.report(message, label.position);
    return undefined;
  }

  /** `service "web" { … }` is an object `web` inside `service`, as in HCL 1. */
  #block(key: Key, labels: readonly Key[]): Node {
    this.#depth += labels.length;
    const innermost = this.#object(key.position);
    this.#depth -= labels.length;
    return labels.toReversed().reduce((inner, label) => {
      const builder = objectBuilder();
      builder.add(label.text, label.position, inner);
      return builder.build(key.position);
    }, innermost);
  }

  #object(position: Position): ObjectNode {
    const open = this.#token.position;
    this.#enter(open);
    const builder = objectBuilder();
    this.#next();
    while (this.#token.kind !== '}') {
      if (this.#token.kind === 'end') {
        this.#cursor.giveUp('this "{" is never closed: add "}"', open);
      }
      this.#member(builder);
    }
    this.#leave();
    return builder.build(position);
  }

  #list(): Node {
    const { position } = this.#token;
    this.#enter(position);
    const items: Node[] = [];
    this.#next();
    while (this.#token.kind !== ']') {
      if (this.#token.kind === 'end') {
        this.#cursor.giveUp('this "[" is never closed: add "]"', position);
      }
      if (!this.#listItem(items)) {
        this.#leave(false);
        return { kind: 'list', position, items };
      }
    }
    this.#leave();
    return { kind: 'list', position, items };
  }

  /** Reads one item and the comma after it; false when the list is too broken to be read on. */
  #listItem(items: Node[]): boolean {
    const item = this.#value();
    if (item === undefined) return false;
    items.push(item);
    if (this.#token.kind === ',') this.#next();
    else if (this.#token.kind !== ']' && this.#token.kind !== 'end') {
      this.#recover(`expected "," or "]", found ${describeToken(this.#token)}`);
      return false;
    }
    return true;
  }

  #value(): Node | undefined {
    const token = this.#token;
    if (token.kind === '{') return this.#object(token.position);
    if (token.kind === '[') return this.#list();
    const scalar = this.#scalar(token);
    if (scalar === undefined) {
      this.#recover(wrongValue(token));
      return undefined;
    }
    this.#next();
    return { kind: 'scalar', position: token.position, value: scalar };
  }

  #scalar(token: Token): string | number | boolean | undefined {
    if (token.kind === 'string' || token.kind === 'number') return token.value;
    if (token.kind === 'name' && token.text === 'true') return true;
    if (token.kind === 'name' && token.text === 'false') return false;
    return undefined;
  }

  /** Reports and goes on at the next line that starts a key, or at the brace that closes this block. */
  #recover(message: string): void {
    if (this.#token.kind !== 'wrong') this.#cursor.report(message, this.#token.position);
    const { line } = this.#token.position;
    let depth = 0;
    while (this.#token.kind !== 'end' && !(depth === 0 && this.#canGoOn(line))) {
      const { kind } = this.#token;
      if (kind === '{' || kind === '[') depth++;
      else if ((kind === '}' || kind === ']') && depth > 0) depth--;
      this.#next();
    }
  }

  #canGoOn(line: number): boolean {
    const { kind, position } = this.#token;
    return kind === '}' || (position.line > line && (kind === 'name' || kind === 'string'));
  }

  #enter(position: Position): void {
    this.#depth++;
    if (this.#depth <= maximumDepth) return;
    this.#cursor.giveUp(`nested more than ${maximumDepth} levels deep`, position);
  }

  #leave(closed = true): void {
    this.#depth--;
    if (closed) this.#next();
  }
}

function wrongValue(token: Token): string {
  if (token.kind === 'name') return `${token.text} is no value: put it in quotes`;
  return `expected a value, found ${describeToken(token)}`;
}
