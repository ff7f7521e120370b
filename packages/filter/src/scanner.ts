import { positionAt, type SourcePosition } from './source-position.ts';
import { surpriseAt } from './surprise.ts';

/** What keeps a text from being an expression. */
export interface Failure {
  readonly position: SourcePosition;
  readonly message: string;
}

/**
 * Walks over an expression and remembers how far any attempt came. As in a parsing expression grammar an attempt that
 * fails is taken back and another one tried; if all fail, the furthest place is the one to complain about.
 */
export class Scanner {
  readonly text: string;
  offset = 0;
  #furthest = 0;
  #expected: string[] = [];
  #refusal: string | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.offset >= this.text.length;
  }

  /** The unit here; empty at the end. */
  get current(): string {
    return this.text[this.offset] ?? '';
  }

  /** Passes a word if it stands here, whatever follows it. */
  take(word: string): boolean {
    if (!this.text.startsWith(word, this.offset)) {
      this.expected(`"${word}"`);
      return false;
    }
    this.offset += word.length;
    return true;
  }

  /** Passes all units of a kind, and returns them. */
  takeWhile(fits: (unit: string) => boolean): string {
    const start = this.offset;
    while (this.offset < this.text.length && fits(this.current)) this.offset += 1;
    return this.text.slice(start, this.offset);
  }

  /** Passes spaces; false when there is none. */
  takeBlanks(): boolean {
    const taken = this.takeWhile(isBlank).length > 0;
    this.expected(aSpace);
    return taken;
  }

  /** Notes what could have stood here. */
  expected(what: string): void {
    if (!this.#reaches(this.offset)) return;
    if (!this.#expected.includes(what)) this.#expected.push(what);
  }

  /** Notes what is wrong with what stands at a place. */
  refuse(message: string, offset: number = this.offset): void {
    if (this.#reaches(offset)) this.#refusal ??= message;
  }

  get failure(): Failure {
    return {
      position: positionAt(this.text, this.#furthest),
      message: this.#refusal ?? this.#surprise(),
    };
  }

  /** Whether a place is as far as any that was complained about; what was noted before it no longer matters. */
  #reaches(offset: number): boolean {
    if (offset < this.#furthest) return false;
    if (offset > this.#furthest) {
      this.#furthest = offset;
      this.#expected = [];
      this.#refusal = undefined;
    }
    return true;
  }

  #surprise(): string {
    const before = this.text[this.#furthest - 1] ?? ' ';
    const spaced = isBlank(before) || before === '(';
    const wanted = this.#expected.filter((what) => what !== aSpace);
    if (wanted.length === 0 || (!spaced && this.#expected.includes(aSpace))) wanted.unshift(aSpace);
    return `${surpriseAt(this.text, this.#furthest)}: expected ${alternatives(wanted)}`;
  }
}

const aSpace = 'a space';

/** How the end of an expression is called in messages. */
export const endOfExpression = 'the end of the expression';

/** What separates words. */
export function isBlank(unit: string): boolean {
  return unit === ' ' || unit === '\t' || unit === '\r' || unit === '\n';
}

function alternatives(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
