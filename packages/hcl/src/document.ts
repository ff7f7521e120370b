/** A place in a text: line and column count from 1, columns in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with a text, and the way out. */
export interface SyntaxProblem extends Position {
  readonly message: string;
}

/** A parsed text: the object that it describes, every part with its position. */
export interface Document {
  readonly root: ObjectNode;
}

/** A document, or every mistake of syntax that was found, in the order of the text. */
export type Parsed =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly errors: readonly SyntaxProblem[] };

/** A value and where it starts; a block starts at its key. */
export type Node = ObjectNode | ListNode | ScalarNode;

/** A block, or an object as a value. */
export interface ObjectNode {
  readonly kind: 'object';
  readonly position: Position;
  readonly members: ReadonlyMap<string, Member>;
}

/** A list; also the blocks of one key that stands several times. */
export interface ListNode {
  readonly kind: 'list';
  readonly position: Position;
  readonly items: readonly Node[];
}

/** A value without parts. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly position: Position;
  readonly value: string | number | boolean | null;
}

/** What stands under a key, and where the key stands first. */
export interface Member {
  readonly keyPosition: Position;
  readonly value: Node;
  /** Where the key stands last, if it stands several times: blocks and lists add up, of plain values the last one counts. */
  readonly repeatedAt?: Position;
}

/** How deep blocks and lists may nest: far beyond any configuration, far below what a stack holds. */
export const maximumDepth = 128;
/** How many mistakes of one text are reported; what follows is mostly their echo. */
export const maximumErrors = 20;
