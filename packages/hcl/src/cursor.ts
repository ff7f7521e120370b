import { maximumErrors, type Position, type SyntaxProblem } from './document.ts';

/** Thrown when reading on makes no sense; caught at the door of each parser. */
export class Unreadable extends Error {}

/**
 * Walks over a text once, counting lines and columns. Columns count characters, not UTF-16 units, so each
 * unit is looked at as it is passed: the cost stays linear on a single line of any length.
 */
export class Cursor {
  readonly text: string;
  readonly errors: SyntaxProblem[] = [];
  offset = 0;
  #line = 1;
  #column = 1;

  constructor(text: string) {
    const start = text.startsWith('\uFEFF') ? 1 : 0;
    this.text = text.slice(start).replaceAll('\r\n', '\n');
  }

  get position(): Position {
    return { line: this.#line, column: this.#column };
  }

  get ended(): boolean {
    return this.offset >= this.text.length;
  }

  /** The unit some steps ahead; empty beyond the end. */
  peek(ahead = 0): string {
    return this.text[this.offset + ahead] ?? '';
  }

  startsWith(word: string): boolean {
    return this.text.startsWith(word, this.offset);
  }

  /** Passes some units, and returns them. */
  take(count: number): string {
    const end = Math.min(this.offset + count, this.text.length);
    const taken = this.text.slice(this.offset, end);
    for (let index = this.offset; index < end; index++) this.#count(this.text.charCodeAt(index));
    this.offset = end;
    return taken;
  }

  /** Passes what a sticky pattern matches here, and returns it; empty when it does not match. */
  match(pattern: RegExp): string {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0] ?? '';
    return this.take(found.length);
  }

  /** What was reported, in the order of the text. */
  get problems(): readonly SyntaxProblem[] {
    return this.errors.toSorted((one, other) => one.line - other.line || one.column - other.column);
  }

  /** Notes a mistake; once per place, and gives up after too many. */
  report(message: string, position: Position = this.position): void {
    const last = this.errors.at(-1);
    if (last?.line === position.line && last.column === position.column) return;
    this.errors.push({ ...position, message });
    if (this.errors.length >= maximumErrors) throw new Unreadable();
  }

  /** Notes a mistake after which reading on makes no sense. */
  giveUp(message: string, position: Position = this.position): never {
    this.report(message, position);
    throw new Unreadable();
  }

  #count(unit: number): void {
    if (unit === 0x0a) {
      this.#line++;
      this.#column = 1;
    } else if (unit < 0xdc00 || unit > 0xdfff) {
      // The second half of a surrogate pair adds no character.
      this.#column++;
    }
  }
}

/** A piece of text for a message: short, and visible whatever it is. */
export function quoted(text: string): string {
  const short = [...text.slice(0, 40)].slice(0, 20).join('');
  return JSON.stringify(short).replaceAll(/\p{C}/gu, (unit) => codePoint(unit));
}

function codePoint(unit: string): string {
  return `U+${(unit.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
