import type { Issue, Path } from './decoded.ts';

/** Where an issue stands: a file or source, and its line and column (from 1) where they are known. */
export interface Place {
  readonly name: string;
  readonly line?: number;
  readonly column?: number;
}

/** A path as people write it: `services[0].connect.sidecar_service`. */
export function formatPath(path: Path): string {
  return path.map(formatStep).join('');
}

function formatStep(step: string | number, index: number): string {
  if (typeof step === 'number') return `[${step}]`;
  if (/^[\w-]+$/.test(step)) return index === 0 ? step : `.${step}`;
  return `[${JSON.stringify(step)}]`;
}

/** One line about an issue: `envoy_demo.hcl:7:9: services[0].port: expected a whole number, found "x"`. */
export function formatIssue(issue: Issue, place?: Place): string {
  return [formatPlace(place ?? sourceOf(issue)), formatPath(issue.path), issue.message]
    .filter((part) => part !== '')
    .join(': ');
}

function sourceOf(issue: Issue): Place | undefined {
  return issue.source === undefined ? undefined : { name: issue.source };
}

function formatPlace(place: Place | undefined): string {
  if (place === undefined) return '';
  return [place.name, place.line, place.column].filter((part) => part !== undefined).join(':');
}
