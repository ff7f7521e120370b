import { expect, test } from 'vitest';
import { until } from './until.ts';

test('answers with what came true, after errors and refusals', async () => {
  let tries = 0;
  const check = (): string | undefined => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return tries < 3 ? undefined : 'here';
  };
  const { value } = await until(check, { withinMs: 5000, everyMs: 1, what: 'it came' });
  expect(value).toBe('here');
  expect(tries).toBe(3);
});

test('says what did not happen, and why it last failed', async () => {
  const cause = new Error('refused');
  const failing = until(() => Promise.reject(cause), { withinMs: 10, everyMs: 1, what: 'it came' });
  await expect(failing).rejects.toMatchObject({
    message: 'within 10 ms it did not happen that it came',
    cause,
  });
});

test('gives up at once when it cannot happen any more', async () => {
  const given = until(() => false, { withinMs: 60_000, what: 'it came', unless: () => true });
  await expect(given).rejects.toThrow('it cannot happen that it came');
});
