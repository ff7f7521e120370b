import type { Position } from './document.ts';

/** The smallest parts of HCL that mean something. */
export type Token = { readonly position: Position } & (
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: '{' | '}' | '[' | ']' | '=' | ',' }
  | { readonly kind: 'end' }
  /** Something that is wrong and was reported. */
  | { readonly kind: 'wrong' }
);

/** How a token is called in a message. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'name':
      return token.text;
    case 'string':
      return 'a text';
    case 'number':
      return `the number ${token.value}`;
    case 'end':
      return 'the end of the file';
    case 'wrong':
      return 'something unreadable';
    default:
      return `"${token.kind}"`;
  }
}
