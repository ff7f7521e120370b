import { isDeepStrictEqual } from 'node:util';
import type { ConsulCall } from '../consul-api.ts';
import type { Fixture } from './filter-fixtures.ts';

/** The expressions that are asked about each list, by its path. */
export type FilterQuestions = Readonly<Record<string, readonly string[]>>;

/** What Consul answered to filters of one list. */
export interface FilterRecording {
  readonly list: string;
  /** The whole list, without what differs from run to run. */
  readonly records: readonly unknown[];
  readonly answers: readonly FilterAnswer[];
}

/** The places in the whole list of the records that are left, or why the expression was refused. */
export interface FilterAnswer {
  readonly expression: string;
  readonly left?: readonly number[];
  /** Consul's words; of a mistake of syntax its place only, as line, column and byte. */
  readonly refusal?: string;
}

/** Puts the fixtures into an empty Consul and asks everything. */
export async function recordFilters(
  call: ConsulCall,
  fixtures: readonly Fixture[],
  questions: FilterQuestions,
): Promise<readonly FilterRecording[]> {
  for (const { path, body } of fixtures) await call('PUT', path, body);
  const recordings: FilterRecording[] = [];
  for (const [list, expressions] of Object.entries(questions)) {
    recordings.push(await recordList(call, list, expressions));
  }
  return recordings;
}

async function recordList(
  call: ConsulCall,
  list: string,
  expressions: readonly string[],
): Promise<FilterRecording> {
  const records = await recordsAt(call, list);
  const answers: FilterAnswer[] = [];
  for (const expression of expressions) {
    answers.push(await askFilter(call, list, records, expression));
  }
  return { list, records, answers };
}

async function askFilter(
  call: ConsulCall,
  list: string,
  records: readonly unknown[],
  expression: string,
): Promise<FilterAnswer> {
  try {
    const kept = await recordsAt(call, `${list}?${new URLSearchParams({ filter: expression })}`);
    return { expression, left: kept.map((one) => placeOf(one, records)) };
  } catch (error) {
    return { expression, refusal: refusalOf(error) };
  }
}

function placeOf(record: unknown, records: readonly unknown[]): number {
  return records.findIndex((each) => isDeepStrictEqual(each, record));
}

const prefix = 'Failed to create boolean expression evaluator: ';

/** What Consul says about an expression that it does not take. */
export function refusalOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const words = error.message.split(': 500 ', 2)[1]?.replace(prefix, '');
  if (words === undefined) throw error;
  return /^\d+:\d+ \(\d+\)/.exec(words)?.[0] ?? words;
}

/** The records of a list but for the node of the agent itself, which is another one in each run. */
async function recordsAt(call: ConsulCall, path: string): Promise<readonly unknown[]> {
  const all = (await call('GET', path)) as readonly { readonly Node?: unknown }[] | null;
  return (all ?? []).filter(({ Node }) => Node !== 'oracle').map(withoutVolatile);
}

const volatile = ['CreateIndex', 'ModifyIndex', 'CreatedAt', 'UpdatedAt', 'Hash'];

function withoutVolatile(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutVolatile);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !volatile.includes(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutVolatile(inner)]));
}
