import type { Offer } from './offer.ts';
import { filesLine, type Shell } from './shells.ts';

/** The word at the cursor as bash sees it: it replaces only what stands behind the last of the characters that break words. */
export interface TypedWord {
  readonly text: string;
  readonly breaks: string;
}

/** What to print for a shell, a line for each candidate; one that is no single line is left out. */
export function shellLines(shell: Shell, offer: Offer, typed: TypedWord): readonly string[] {
  if (offer.kind === 'files') return [filesLine];
  return offer.candidates
    .filter(({ value }) => !/\p{Cc}/u.test(value))
    .map(({ value, about }) => {
      const word = offer.before + value;
      const note = about.replaceAll(/\p{Cc}/gu, ' ');
      if (shell === 'bash') return bashWord(word, typed);
      if (shell === 'fish') return note === '' ? word : `${word}\t${note}`;
      const escaped = word.replaceAll(/[\\:]/g, '\\$&');
      return note === '' ? escaped : `${escaped}:${note}`;
    });
}

/** What a name holds is not for the shell to understand: all but plain characters are quoted. */
function bashWord(word: string, { text, breaks }: TypedWord): string {
  const kept = [...text].findLastIndex((each) => /[=:]/.test(each) && breaks.includes(each));
  return word.slice(kept + 1).replaceAll(/[^\w./:=@%+,-]/g, '\\$&');
}
