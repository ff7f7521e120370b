import type { ExplainResponse } from '@chancery/mesh-api/v1/intentions';
import type { Call } from '../command.ts';
import { folded } from '../output/folded.ts';
import { showsSigns, signPrinter } from '../output/signs.ts';
import { enforcementLines } from './enforcement-lines.ts';
import { intentionLines, requestLines } from './intention-lines.ts';
import { shortened } from './shortened.ts';
import { upstreamLines } from './upstream-lines.ts';

/** How wide a line may be where nobody says how wide the terminal is. */
const usualWidth = 80;

/** Prints an explanation for people: the verdict and what stands in the way, then the chain from listener to rule. */
export function printExplanation(call: Call, explained: ExplainResponse): void {
  const { io } = call;
  const mark = showsSigns(call) ? '…' : '~';
  const width = Math.max(io.width ?? usualWidth, 40);
  const print = (text: string): void => io.out(folded(shortened(text, mark), width));
  const sign = signPrinter(call);
  print(`${explained.allowed ? 'Allowed' : 'Denied'}: ${explained.summary}`);
  for (const obstacle of explained.obstacles) {
    // Behind a sign of up to six characters and a space.
    sign('warning', folded(shortened(obstacle, mark), width - 7).replaceAll('\n', '\n  '));
  }
  const sections = [
    requestLines(explained),
    ...upstreamLines(explained),
    intentionLines(explained),
    ...enforcementLines(explained),
  ];
  for (const lines of sections) {
    if (lines.length > 0) print(['', ...lines].join('\n'));
  }
}
