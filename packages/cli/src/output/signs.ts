import type { Call } from '../command.ts';
import type { Flag } from '../flags.ts';
import type { Environment } from '../io.ts';
import type { Standing } from './standing.ts';

/** The flag of commands that print signs. */
export const asciiFlag: Flag = {
  name: 'ascii',
  kind: 'switch',
  about: 'Print words in brackets in place of signs, as where the terminal shows no others.',
};

const signs: Readonly<Record<Standing, string>> = {
  ok: '✓',
  warning: '!',
  failed: '✗',
  skipped: '-',
};
const words: Readonly<Record<Standing, string>> = {
  ok: '[ok]  ',
  warning: '[warn]',
  failed: '[FAIL]',
  skipped: '[skip]',
};

/** Prints lines behind signs: as the terminal can show them, in colour where it has any. */
export function signPrinter(call: Call): (standing: Standing, text: string) => void {
  const { io } = call;
  const shown = showsSigns(call) ? signs : words;
  return (standing, text) => {
    const sign = shown[standing];
    if (io.outSigned === undefined) io.out(`${sign} ${text}`);
    else io.outSigned(sign, standing, text);
  };
}

/** Whether signs outside of ASCII are wanted, and shown where they are printed. */
export function showsSigns({ flags, io }: Call): boolean {
  return !flags.on(asciiFlag.name) && isBeyondAscii(io.environment);
}

/** Whether a terminal shows more than ASCII: not the console of Linux, nor one of a locale that says otherwise. */
function isBeyondAscii({ TERM, LC_ALL, LC_CTYPE, LANG }: Environment): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG;
  if (TERM === 'linux' || TERM === 'dumb') return false;
  return !locale || /utf-?8/i.test(locale);
}
