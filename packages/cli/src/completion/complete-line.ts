import type { Io } from '../io.ts';
import { complete, type FurtherCommands } from './complete.ts';
import { shellLines } from './shell-lines.ts';
import { shellWords, unquoted } from './shell-words.ts';
import { type Shell, shells } from './shells.ts';

/** What a script hands over: `bash BREAKS LINE`, or the words of the line for the others. */
export async function completeLine(
  [name, ...given]: readonly string[],
  io: Io,
  further: FurtherCommands = {},
): Promise<number> {
  const shell = shells.find((each) => each === name);
  if (shell === undefined) return 1;
  const [breaks = '', line = ''] = given;
  const words = shell === 'bash' ? shellWords(line) : given.map(wordOf[shell]);
  const offer = await complete(words.slice(1), io, further);
  const typed = { text: words.at(-1) ?? '', breaks };
  for (const each of shellLines(shell, offer, typed)) io.out(each);
  return 0;
}

/** zsh hands words over with their quotes, fish without. */
const wordOf: Readonly<Record<Exclude<Shell, 'bash'>, (word: string) => string>> = {
  zsh: (word) => shellWords(word).join(' '),
  fish: unquoted,
};
