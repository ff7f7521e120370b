import type { EnforcingProxy, ExplainResponse } from '@chancery/mesh-api/v1/intentions';
import { columns } from '../output/columns.ts';
import { stateWord } from '../proxies/states.ts';
import { indented } from './upstream-lines.ts';

/** What the sidecars of the destination enforce: a section for all that enforce the same, and how each stands to it. */
export function enforcementLines({ enforcing }: ExplainResponse): readonly (readonly string[])[] {
  const alike = Map.groupBy(enforcing, ({ filter, effect, logged }) =>
    JSON.stringify([filter, effect, logged]),
  );
  return [...alike.values()].map((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      `Filter ${first.filter}`,
      ...indented(first.effect, 2),
      ...clauseLines(first.clause).map((line) => `  ${line}`),
      ...(first.logged === '' ? [] : [`  In its access log: ${first.logged}`]),
      ...indented(columns(group.map(standingRow)), 2),
    ];
  });
}

function standingRow({ state, proxy, detail, connected }: EnforcingProxy): readonly string[] {
  return [connected ? stateWord(state) : 'NOT CONNECTED', proxy, detail];
}

type JsonObject = NonNullable<EnforcingProxy['clause']>;

/** How many identities of a clause are shown. */
const shownIdentities = 6;

/** The clause as it stands in Envoy, but for its punctuation: its name, and whom it means. */
function clauseLines(clause: JsonObject | undefined): readonly string[] {
  if (clause === undefined) return [];
  const [[name, policy] = ['', {}]] = Object.entries(clause['policies'] as JsonObject);
  const identities = ((policy as JsonObject)['principals'] as JsonObject[]).flatMap(identityLines);
  const more = identities.length - shownIdentities;
  return [
    `${clause['action']} ${name}`,
    ...identities.slice(0, shownIdentities).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function identityLines(principal: JsonObject): readonly string[] {
  const { any, and_ids: and, not_id: not, authenticated } = principal;
  if (any) return ['anybody'];
  if (and) return ((and as JsonObject)['ids'] as JsonObject[]).flatMap(identityLines);
  if (not) return identityLines(not as JsonObject).map((line) => `not ${line}`);
  const name = (authenticated as JsonObject | undefined)?.['principal_name'] as JsonObject;
  return [String((name['safe_regex'] as JsonObject)['regex'])];
}
