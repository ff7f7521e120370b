import type { ConsulCall } from '../consul-api.ts';

/** A config entry as a client writes it, and what Consul makes of it. */
export interface EntryCase {
  readonly entry: WrittenEntry;
  /** The entry as Consul prints it, without what differs from run to run. */
  readonly printed?: object;
  readonly refused?: { readonly status: number; readonly words: string };
}

/** Keys may stand in either spelling. */
export type WrittenEntry = Readonly<Record<string, unknown>>;

const CONFIG = '/v1/config';
const BULLET = '\n\t* ';

/** What some entries refer to: these stand in the Consul before each case. */
const beforeEach: readonly WrittenEntry[] = [
  { Kind: 'mesh', AllowEnablingPermissiveMutualTLS: true },
  { Kind: 'proxy-defaults', Name: 'global', Config: { protocol: 'http' } },
  { Kind: 'service-defaults', Name: 'tcp-service', Protocol: 'tcp' },
  { Kind: 'service-resolver', Name: 'db', Subsets: { v1: {}, v2: {} } },
  { Kind: 'jwt-provider', Name: 'okta', JSONWebKeySet: { Local: { Filename: '/keys' } } },
];

/** Writes each entry into a Consul, reads it back, and takes it out again. */
export async function recordEntries(
  call: ConsulCall,
  entries: readonly WrittenEntry[],
): Promise<readonly EntryCase[]> {
  const cases: EntryCase[] = [];
  for (const entry of entries) {
    for (const needed of beforeEach) await call('PUT', CONFIG, needed);
    cases.push(await recordEntry(call, entry));
  }
  return cases;
}

async function recordEntry(call: ConsulCall, entry: WrittenEntry): Promise<EntryCase> {
  try {
    await call('PUT', CONFIG, entry);
  } catch (error) {
    return { entry, refused: refusal(error) };
  }
  const path = pathOf(entry);
  const printed = (await call('GET', path)) as object;
  await call('DELETE', path);
  return { entry, printed: withoutVolatile(printed) };
}

/** Consul's words stand behind the status in the error of a call. */
function refusal(error: unknown): { status: number; words: string } {
  const [, status, words] =
    /^PUT \S+: (\d+) ([\s\S]*)$/.exec(String((error as Error).message)) ?? [];
  if (status === undefined || words === undefined) throw error;
  return { status: Number(status), words: inOneOrder(words) };
}

/** Consul tells several unknown keys in an order that differs from run to run. */
function inOneOrder(words: string): string {
  const [before = '', ...mistakes] = words.trimEnd().split(BULLET);
  const isOneList = !mistakes.some((mistake) => mistake.includes('occurred:'));
  return isOneList ? [before, ...mistakes.sort()].join(BULLET) : words.trimEnd();
}

/** The names of entries of which there is one go without saying. */
const names: Readonly<Record<string, string>> = { mesh: 'mesh', 'proxy-defaults': 'global' };

function pathOf(entry: WrittenEntry): string {
  const kind = String(entry['Kind'] ?? entry['kind']);
  const name = String(entry['Name'] || entry['name'] || names[kind]);
  return `${CONFIG}/${kind}/${encodeURIComponent(name)}`;
}

function withoutVolatile(printed: object): object {
  const volatile = new Set(['Hash', 'CreateIndex', 'ModifyIndex', 'Status']);
  return Object.fromEntries(Object.entries(printed).filter(([key]) => !volatile.has(key)));
}

/** The cases as JSON with one a line, so that a difference can be read. */
export function formatEntries(
  consul: string,
  recorded: string,
  cases: readonly EntryCase[],
): string {
  const lines = cases.map((each) => JSON.stringify(each)).join(',\n');
  return `{"consul":"${consul}","recorded":"${recorded}","cases":[\n${lines}\n]}\n`;
}
