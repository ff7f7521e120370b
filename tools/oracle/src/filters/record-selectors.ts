import type { ConsulCall } from '../consul-api.ts';
import { refusalOf } from './record-filters.ts';

/** What Consul takes a selector for; `none` when it does not know it. */
export type SelectorKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'list'
  | 'list of objects'
  | 'list of numbers'
  | 'map'
  | 'object'
  | 'none';

/** Selectors by the path of the list they are asked of. */
export type SelectorTable = Readonly<Record<string, Readonly<Record<string, SelectorKind>>>>;

/** Asks about each selector of a table anew. */
export async function recordSelectors(
  call: ConsulCall,
  candidates: SelectorTable,
): Promise<SelectorTable> {
  // A list of checks is only looked at by the agent when there is one.
  await call('PUT', '/v1/agent/check/register', { Name: 'looked at', TTL: '24h' });
  const table: Record<string, Record<string, SelectorKind>> = {};
  for (const [list, selectors] of Object.entries(candidates)) {
    const kinds: Record<string, SelectorKind> = {};
    for (const selector of Object.keys(selectors)) {
      kinds[selector] = await kindOf((expression) => refusal(call, list, expression), selector);
    }
    table[list] = kinds;
  }
  return table;
}

type Refusal = (expression: string) => Promise<string | undefined>;

async function refusal(
  call: ConsulCall,
  list: string,
  expression: string,
): Promise<string | undefined> {
  try {
    await call('GET', `${list}?${new URLSearchParams({ filter: expression })}`);
    return undefined;
  } catch (error) {
    return refusalOf(error);
  }
}

/** Tells a kind by the questions that are refused. */
async function kindOf(refusal: Refusal, selector: string): Promise<SelectorKind> {
  const equal = await refusal(`${selector} == "no value"`);
  if (equal === undefined) return 'text';
  if (equal.startsWith('Selector')) return 'none';
  if (equal.includes('ParseBool')) return 'flag';
  if (/Parse(?:Int|Uint)/.test(equal)) return 'number';
  if ((await refusal(`${selector} is empty`)) !== undefined) return 'object';
  const contained = await refusal(`"no value" in ${selector}`);
  if (contained?.startsWith('Invalid match operator')) return 'list of objects';
  if (contained !== undefined) return 'list of numbers';
  const inner = await refusal(`${selector}.anyKey is empty`);
  return inner?.startsWith('Selector') ? 'list' : 'map';
}
