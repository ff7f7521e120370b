import type { MeshOverview } from '@chancery/mesh-api';
import { rootMarginMs } from '../check/certificates.ts';
import { counted } from '../counted.ts';

type Figures = Pick<
  MeshOverview,
  | 'instances'
  | 'instancesCritical'
  | 'typesRejected'
  | 'rootExpiresAt'
  | 'nextLeafExpiresAt'
  | 'proxies'
  | 'proxiesConnected'
>;

const dayMs = 86_400_000;

/** What an operator should look at, a sentence each, the worst first. */
export function meshProblems(figures: Figures, now: number): readonly string[] {
  const { typesRejected, instances, instancesCritical, rootExpiresAt, nextLeafExpiresAt } = figures;
  const problems: string[] = [];
  if (nextLeafExpiresAt !== undefined && nextLeafExpiresAt <= now) {
    problems.push('A leaf certificate has expired; connections with it fail.');
  }
  if (rootExpiresAt !== undefined && rootExpiresAt - now < rootMarginMs) {
    problems.push(rootProblem(rootExpiresAt - now));
  }
  if (typesRejected > 0) {
    const what = counted(typesRejected, 'resource type is', 'resource types are');
    problems.push(`${what} rejected by proxies; "chancery proxies" tells which, and why.`);
  }
  if (instancesCritical > 0) {
    const verb = instancesCritical === 1 ? 'is' : 'are';
    problems.push(`${instancesCritical} of ${instances} instances ${verb} critical.`);
  }
  return problems;
}

function rootProblem(leftMs: number): string {
  if (leftMs <= 0) return 'The root certificate has expired; no leaf can be issued.';
  const left = counted(Math.floor(leftMs / dayMs), 'day');
  return `The root certificate expires in ${left}; "chancery connect ca set-config" changes it.`;
}
