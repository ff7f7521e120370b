import { widthOf } from './fit.ts';
import type { Line } from './span.ts';

/** What stands in for our own signs where a terminal has only ASCII: each as wide as what it replaces. */
const signs: Readonly<Record<string, string>> = {
  '✓': '+',
  '✗': 'x',
  '●': '*',
  '○': 'o',
  '·': '.',
  '…': '~',
  '─': '-',
  '│': '|',
  '╭': '+',
  '╮': '+',
  '╰': '+',
  '╯': '+',
  '┼': '+',
  '▸': '>',
  '▲': '^',
  '▼': 'v',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '█': '_',
  '−': '-',
};

/** A line in ASCII only, as wide as it was; letters of other alphabets become question marks. */
export function asciiLine(line: Line): Line {
  return { ...line, spans: line.spans.map((each) => ({ ...each, text: asciiText(each.text) })) };
}

/** A text in ASCII only. What is one sign to its reader is replaced as one: a family is as wide as a person. */
export function asciiText(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  const kept: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const isAscii = /^[ -~]*$/.test(segment);
    kept.push(isAscii ? segment : (signs[segment] ?? '?'.repeat(widthOf(segment))));
  }
  return kept.join('');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
