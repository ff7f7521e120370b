import type { MeshOverview, OverviewProblem } from '@chancery/mesh-api';
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

/** What an operator should look at, the worst first. */
export function meshProblems(figures: Figures, now: number): readonly OverviewProblem[] {
  return [...certificateProblems(figures, now), ...countedProblems(figures)];
}

function certificateProblems(
  { rootExpiresAt, nextLeafExpiresAt }: Figures,
  now: number,
): readonly OverviewProblem[] {
  const problems: OverviewProblem[] = [];
  if (nextLeafExpiresAt !== undefined && nextLeafExpiresAt <= now) {
    const text = 'A leaf certificate has expired; connections with it fail.';
    problems.push({ text, section: 'certificates' });
  }
  if (rootExpiresAt !== undefined && rootExpiresAt - now < rootMarginMs) {
    problems.push({ text: rootProblem(rootExpiresAt - now) });
  }
  return problems;
}

function countedProblems(figures: Figures): readonly OverviewProblem[] {
  const { typesRejected, instances, instancesCritical, proxies, proxiesConnected } = figures;
  const problems: OverviewProblem[] = [];
  if (typesRejected > 0) {
    const what = counted(typesRejected, 'resource type is', 'resource types are');
    const text = `${what} rejected by proxies; "chancery proxies" tells which, and why.`;
    problems.push({ text, section: 'proxies' });
  }
  if (instancesCritical > 0) {
    const verb = instancesCritical === 1 ? 'is' : 'are';
    const text = `${instancesCritical} of ${instances} instances ${verb} critical.`;
    problems.push({ text, section: 'services' });
  }
  const absent = proxies - proxiesConnected;
  if (absent > 0) {
    const what = counted(absent, 'registered sidecar is', 'registered sidecars are');
    const text = `${what} not connected; "chancery proxies" tells which.`;
    problems.push({ text, section: 'proxies' });
  }
  return problems;
}

function rootProblem(leftMs: number): string {
  if (leftMs <= 0) return 'The root certificate has expired; no leaf can be issued.';
  const left = counted(Math.floor(leftMs / dayMs), 'day');
  return `The root certificate expires in ${left}; "chancery connect ca set-config" changes it.`;
}
