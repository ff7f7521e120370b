import type { Call } from '../command.ts';
import { counted } from '../output/counted.ts';
import { signPrinter } from '../output/signs.ts';
import { breachLines, type Verified } from './verified.ts';

/** Prints what was found for people: each assertion, what breaks it, and the intentions without effect. */
export function printVerified(call: Call, verified: Verified): void {
  const { io } = call;
  const print = signPrinter(call);
  const { results, findings } = verified.found;
  for (const result of results) {
    print(result.holds ? 'ok' : 'failed', titleOf(result));
    const details = result.holds ? [] : [...breachLines(result), result.why];
    for (const line of details) io.out(`    ${line}`);
  }
  if (findings.length > 0) io.out('\nIntentions without effect');
  for (const { kind, intention, why } of findings) {
    print(verified.strict ? 'failed' : 'warning', `${intention} is ${kind}: ${why}`);
  }
  io.out(`\n${summary(verified)}`);
}

function titleOf({ position, name, claim }: Verified['found']['results'][number]): string {
  return `${position}  ${name === '' ? claim : `${name}: ${claim}`}`;
}

function summary({ found: { results, findings, revision } }: Verified): string {
  const held = results.filter(({ holds }) => holds).length;
  const broken = results.length - held;
  const verdict =
    broken === 0
      ? `${counted(held, 'assertion')} ${held === 1 ? 'holds' : 'hold'}`
      : `${broken} of ${counted(results.length, 'assertion')} ${broken === 1 ? 'is' : 'are'} broken`;
  const idle = counted(findings.length, 'intention has no effect', 'intentions have no effect');
  return `${verdict} at revision ${revision}${findings.length === 0 ? '' : `; ${idle}`}`;
}
