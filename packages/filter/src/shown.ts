import { longestShown } from './limits.ts';

/** A text as a message shows it: cut where it is very long. */
export function shown(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
