import { RE2JS, RE2JSException } from 're2js';
import { maximumInstructions, maximumPatternLength } from './limits.ts';
import { shown } from './shown.ts';

/** A regular expression that is ready to be used, or why it is none. */
export type CompiledPattern =
  | { readonly ok: true; readonly matches: (text: string) => boolean }
  | { readonly ok: false; readonly message: string };

/** Compiles one regular expression of a filter after another. */
export type PatternCompiler = (pattern: string) => CompiledPattern;

/** Whether there is time left for another text. */
export type MayGoOn = () => boolean;

/**
 * A compiler for the regular expressions of one filter, which share a budget of instructions. They are those of RE2: they
 * match anywhere in a text unless they are anchored, in time linear in the text.
 */
export function patternCompiler(mayGoOn: MayGoOn): PatternCompiler {
  let left = maximumInstructions;
  return (pattern) => {
    if (pattern.length > maximumPatternLength) {
      return refused(
        pattern,
        `it has ${pattern.length} characters, and ${maximumPatternLength} are the most`,
      );
    }
    try {
      const compiled = RE2JS.compile(pattern);
      left -= compiled.programSize();
      if (left < 0) return refused(pattern, tooCostly);
      return { ok: true, matches: (text) => mayGoOn() && compiled.test(text) };
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error;
      return refused(pattern, shown(error.message));
    }
  };
}

const tooCostly = `the regular expressions of a filter compile to ${maximumInstructions} instructions at most: repeat less, or use == and contains`;

function refused(pattern: string, why: string): CompiledPattern {
  const message = `Failed to compile regular expression ${JSON.stringify(shown(pattern))}: ${why}`;
  return { ok: false, message };
}

/** Whether an expression of RE2 stands for a text from its beginning to its end, as Envoy has it; one that is none stands for nothing. */
export function wholeMatch(pattern: string, text: string): boolean {
  try {
    return RE2JS.compile(`\\A(?:${pattern})\\z`).test(text);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return false;
  }
}
