/**
 * A text that must not be seen by accident: printing it, serialising it or putting it into a message
 * shows `<secret>`, cloning it fails. Whoever needs the text says so by calling `reveal`.
 */
export interface Secret {
  reveal(): string;
  toJSON(): string;
  toString(): string;
}

const REDACTED = '<secret>';

/** Wraps a text. It lives in a closure, where no inspection finds it. */
export function secret(text: string): Secret {
  const redacted = () => REDACTED;
  const wrapped = {
    reveal: () => text,
    toJSON: redacted,
    toString: redacted,
    [Symbol.for('nodejs.util.inspect.custom')]: redacted,
  };
  return Object.freeze(wrapped);
}
