import type { Member, Node, Position } from '@chancery/hcl';
import { isServiceName } from '@chancery/model';
import { describeNode, type Report } from './rule-reader.ts';

/** What stands behind `never`, `reachable` or `only`. */
export interface ClaimEnds {
  readonly sources: readonly string[];
  /** Absent where it is left to `to`. */
  readonly destination?: string;
}

/** Reads `"web -> db"`, `"api, batch -> db"`, or a list of sources whose destination stands in `to`. */
export function claimEnds({ value }: Member, report: Report): ClaimEnds | undefined {
  if (value.kind === 'list') return sourceList(value.items, value.position, report);
  if (value.kind === 'scalar' && typeof value.value === 'string') {
    return endsInText(value.value, value.position, report);
  }
  const found = describeNode(value);
  return report(value.position, `expected a text such as "web -> db", found ${found}`);
}

function sourceList(
  items: readonly Node[],
  position: Position,
  report: Report,
): ClaimEnds | undefined {
  if (items.length === 0) return report(position, 'the list is empty: name the services');
  const sources = items.map((item) =>
    item.kind === 'scalar' && typeof item.value === 'string'
      ? serviceName(item.value, item.position, report)
      : report(item.position, `expected the name of a service, found ${describeNode(item)}`),
  );
  return sources.every((name) => name !== undefined) ? { sources } : undefined;
}

/** An arrow with a space around it or none: `-` and `>` stand in no name. `to` is a word. */
const arrow = /\s*[-=]>\s*|\s+to\s+/;

function endsInText(text: string, position: Position, report: Report): ClaimEnds | undefined {
  const [before = '', after, ...more] = text.trim().split(arrow);
  if (more.length > 0) {
    const message = `${JSON.stringify(text)} has more than one arrow: a claim is about two ends; "transitive = true" looks at what lies between`;
    return report(position, message);
  }
  const names = before.split(',').map((name) => serviceName(name.trim(), position, report));
  const destination = after === undefined ? undefined : serviceName(after, position, report);
  if (!names.every((name) => name !== undefined)) return undefined;
  if (after === undefined) return { sources: names };
  return destination === undefined ? undefined : { sources: names, destination };
}

/** The name of a service, or `*` for any. */
export function serviceName(name: string, position: Position, report: Report): string | undefined {
  if (name === '*' || isServiceName(name)) return name;
  if (name === '') return report(position, 'the name of a service is missing: write "web -> db"');
  const way = name.includes('*')
    ? '"*" stands alone, for any service'
    : 'write "web -> db", with letters, digits, "-", "_" and "." in names';
  return report(position, `${JSON.stringify(name)} is no name of a service: ${way}`);
}
