import { expect, test } from 'vitest';
import { intentionSets } from './intention-sets.ts';

test('no set has two intentions about one pair, which Consul would not keep apart', () => {
  for (const { intentions } of intentionSets) {
    const pairs = intentions.map(({ source, destination }) => `${source} => ${destination}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  }
});

test('every rank of intention occurs with either action, and with permissions', () => {
  const kinds = intentionSets.flatMap(({ intentions }) =>
    intentions.map(
      ({ source, destination, action = 'permissions' }) =>
        `${source === '*' ? 'any' : 'exact'} to ${destination === '*' ? 'any' : 'exact'}: ${action}`,
    ),
  );
  // Consul has no permissions about any destination.
  expect(new Set(kinds).size).toBe(10);
});

test('every set asks about something', () => {
  for (const { sources, destinations } of intentionSets) {
    expect(sources.length * destinations.length).toBeGreaterThan(0);
  }
});
