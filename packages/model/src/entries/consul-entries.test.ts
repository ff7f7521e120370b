import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeConfigEntry } from './decode-config-entry.ts';
import { encodeConfigEntry } from './encode-config-entry.ts';
import { entryRefusal } from './entry-refusal.ts';

interface EntryCase {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly printed?: object;
  readonly refused?: { readonly status: number; readonly words: string };
}

/** Recorded from a real Consul; `node tools/oracle/src/entries/record-entries-main.ts PATH` records it anew. */
const { cases } = JSON.parse(
  readFileSync(new URL('../../testdata/config-entries.json', import.meta.url), 'utf8'),
) as { cases: readonly EntryCase[] };

const titled = cases.map((each) => ({ ...each, title: JSON.stringify(each.entry).slice(0, 200) }));

describe('an entry that Consul takes', () => {
  test.each(titled.filter(({ printed }) => printed))('is printed as there: $title', (each) => {
    const decoded = decodeConfigEntry(each.entry, { casing: 'http' });
    if (!decoded.ok) expect.fail(entryRefusal(decoded.issues).text);
    // As text: the order of the keys counts.
    expect(JSON.stringify(encodeConfigEntry(decoded.value))).toBe(JSON.stringify(each.printed));
  });

  test.each(titled.filter(({ printed }) => printed))('is read from its print: $title', (each) => {
    const decoded = decodeConfigEntry(each.entry, { casing: 'file' });
    const again = decodeConfigEntry(each.printed, { casing: 'http' });
    expect(again.ok ? again.value : again.issues).toEqual(decoded.ok && decoded.value);
  });
});

const statuses = { decoding: 400, permission: 403, validation: 500 };

describe('an entry that Consul refuses', () => {
  test.each(titled.filter(({ refused }) => refused))('is refused in its words: $title', (each) => {
    const { status = 0, words = '' } = each.refused ?? {};
    const decoded = decodeConfigEntry(each.entry, { casing: 'http' });
    if (decoded.ok) expect.fail('it was taken');
    const { phase, text } = entryRefusal(decoded.issues);
    expect(statuses[phase]).toBe(status);
    const said = words.replace('Request decoding failed: ', '').trim();
    const mistakes = said.split('\n\t* ').slice(1);
    if (mistakes.length === 0) expect(text.startsWith(said)).toBe(true);
    // Consul does not always tell all, nor in one order.
    for (const mistake of mistakes) expect(text).toContain(mistake.trim());
    if (decoded.issues.length === 1) expect(text.length).toBeLessThan(said.length + 80);
  });
});
