import type { Issue } from '../decoded.ts';
import { formatIssue } from '../format-issue.ts';

/** Why an entry was refused, as Consul's clients read it. */
export interface EntryRefusal {
  /** Whether it could not be read, does not fit together, or is not for clients to write: they are answered differently. */
  readonly phase: 'decoding' | 'validation' | 'permission';
  /** Consul's words where it refuses the same, with the way out and the place after them. */
  readonly text: string;
}

const mostLines = 20;

/** The refusal that the issues of an entry amount to. `placeOf` tells where an issue stands, such as `web.hcl:3:1`. */
export function entryRefusal(
  issues: readonly Issue[],
  placeOf: (issue: Issue) => string | undefined = () => undefined,
): EntryRefusal {
  const lines = issues.slice(0, mostLines).map((issue) => line(issue, placeOf(issue)));
  if (issues.length > mostLines) lines.push(`and ${issues.length - mostLines} more`);
  const isList = issues.some(({ consul }, index) => index === 0 && (consul?.listed ?? true));
  return { phase: phaseOf(issues), text: isList ? listed(lines) : lines.join('; ') };
}

function phaseOf(issues: readonly Issue[]): EntryRefusal['phase'] {
  if (issues.some(({ code }) => code === 'read-only')) return 'permission';
  return issues.every(({ code }) => code === 'refused') ? 'validation' : 'decoding';
}

/** What stands behind a semicolon in a message is the way out. */
function line(issue: Issue, place: string | undefined): string {
  const said = issue.consul?.words ?? formatIssue(issue);
  const way = issue.consul === undefined ? undefined : issue.message.split('; ')[1];
  const more = [said, ...(way === undefined ? [] : [way])].join('; ');
  return place === undefined ? more : `${more} (${place})`;
}

/** As Go programs print several errors. */
function listed(lines: readonly string[]): string {
  const count = lines.length === 1 ? '1 error' : `${lines.length} errors`;
  return `${count} occurred:\n${lines.map((each) => `\t* ${each}\n`).join('')}\n`;
}
