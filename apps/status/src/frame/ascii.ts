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

/** A text in ASCII only. */
export function asciiText(text: string): string {
  return text.replace(/[^ -~]/gu, (sign) => signs[sign] ?? '?'.repeat(widthOf(sign)));
}
