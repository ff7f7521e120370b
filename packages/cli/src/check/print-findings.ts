import type { Call } from '../command.ts';
import { counted } from '../output/counted.ts';
import { signPrinter } from '../output/signs.ts';
import type { Finding } from './finding.ts';

/** The groups in the order in which they are read. */
const groups = [
  'agent',
  'configuration',
  'data',
  'certificates',
  'envoy',
  'proxies',
  'services',
  'intentions',
];

/** Findings by group, in the order in which they are read; groups that another version of the agent has come last. */
export function inGroups(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = Map.groupBy(findings, ({ group }) => group);
  const names = [...groups, ...[...found.keys()].filter((name) => !groups.includes(name))];
  return new Map(names.flatMap((name) => (found.has(name) ? [[name, found.get(name) ?? []]] : [])));
}

/** Prints findings for people, and counts them. */
export function printFindings(call: Call, findings: readonly Finding[]): void {
  const { io } = call;
  const print = signPrinter(call);
  for (const [group, found] of inGroups(findings)) {
    io.out(group);
    for (const { name, status, message, hint } of found) {
      print(status, name === group ? message : `${name}: ${message}`);
      if (hint !== '') io.out(`    -> ${hint}`);
    }
    io.out('');
  }
  io.out(summary(findings));
}

function summary(findings: readonly Finding[]): string {
  const count = (status: Finding['status']): number =>
    findings.filter((each) => each.status === status).length;
  const [broken, warned, skipped] = [count('failed'), count('warning'), count('skipped')];
  const parts = [
    ...(broken > 0 ? [`${broken} failed`] : []),
    ...(warned > 0 ? [counted(warned, 'warning')] : []),
    ...(skipped > 0 ? [`${skipped} not looked at`] : []),
    `${count('ok')} fine`,
  ];
  return parts.join(', ');
}
