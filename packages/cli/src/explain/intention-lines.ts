import { type ExplainResponse, Outcome } from '@chancery/mesh-api/v1/intentions';
import { columns } from '../output/columns.ts';
import { indented } from './upstream-lines.ts';

const outcomes: Readonly<Record<Outcome, string>> = {
  [Outcome.UNSPECIFIED]: '',
  [Outcome.DECIDES]: 'decides',
  [Outcome.OUTRANKED]: 'outranked',
  [Outcome.OTHER_SOURCE]: 'passed over',
};

/** Every intention in the order in which they are tried, and the default behind them. */
export function intentionLines({
  destination,
  considered,
  defaultAction,
  winner,
}: ExplainResponse): readonly string[] {
  const rows = considered.map((each) => [
    outcomes[each.outcome] ?? '',
    `${each.source} => ${each.destination} (${each.effect})`,
    `${each.precedence}`,
    each.description === '' ? each.why : `${each.why} (${each.description})`,
  ]);
  const isDefault = winner === '';
  const why = isDefault ? 'no intention speaks of the source' : '';
  const last = [isDefault ? 'decides' : 'not reached', `default (${defaultAction})`, '', why];
  const title = `Intentions for ${destination}, as they are tried, with their precedence`;
  return [title, ...indented(columns([...rows, last]), 2)];
}

/** What the intentions say of the request that was asked about. */
export function requestLines({ request }: ExplainResponse): readonly string[] {
  if (request === undefined) return [];
  const rows = request.permissions.map(({ position, action, about, decides, why }) => [
    decides ? 'decides' : 'passed over',
    `${position}`,
    action,
    about,
    why,
  ]);
  return [`Request ${request.summary}`, ...indented(columns(rows), 2)];
}
