import type { Applied, ChangeSource, ProxySource } from '@chancery/mesh-api';
import { expect, test } from 'vitest';
import { changed, plan, withPlan } from '../testing/changes-lab.ts';

const whole: Applied = {
  affected: 2,
  acknowledged: 2,
  tookMs: 84.4,
  lagging: [],
  notConnected: [],
};

const answers: Partial<ChangeSource> = {
  ...withPlan,
  planRollback: async () => ({ ok: true, value: plan }),
};

/** What proxies have, and what was asked about it. */
function told(outcome: Partial<Applied>) {
  const asked: number[][] = [];
  const applied: ProxySource['applied'] = async (revision, timeoutMs) => {
    asked.push([revision, timeoutMs]);
    return { ...whole, ...outcome };
  };
  return { asked, applied };
}

test.each(['apply -f -', 'rollback 12'])(
  '%s -wait returns when the proxies have the revision that was made',
  async (line) => {
    const { asked, applied } = told({});
    const { code, out } = await changed(`${line} -yes -wait`, { answers, applied });
    expect([code, out.split('\n').slice(-2)]).toEqual([
      0,
      ['Made as revision 42.', 'Enforced on 2/2 proxies in 84 ms'],
    ]);
    expect(asked).toEqual([[42, expect.any(Number)]]);
  },
);

test.each(['apply -f -', 'rollback 12', 'apply -f - -format json'])(
  '%s -wait names the proxies that lag when the time is over, and exits with 3',
  async (line) => {
    const lagging = [{ id: 'db-1', state: 'pending', detail: 'ecds: sent 1 s ago' }] as const;
    const { applied } = told({ acknowledged: 1, tookMs: 1000, lagging });
    const made = await changed(`${line} -yes -wait -wait-timeout 1s`, { answers, applied });
    expect([made.code, made.err]).toEqual([
      3,
      'Enforced on 1/2 proxies after 1000 ms; not yet on:\n  db-1: ecds: sent 1 s ago',
    ]);
  },
);

test.each(['', ' -format json'])(
  'where nothing is to be made it is waited for what was made before, with%s',
  async (format) => {
    const lagging = [{ id: 'db-1', state: 'pending', detail: 'ecds: sent 1 s ago' }] as const;
    const { asked, applied } = told({ acknowledged: 1, tookMs: 1000, lagging });
    const made = await changed(`apply -f - -yes -wait${format}`, { applied });
    expect([made.code, made.err]).toEqual([3, expect.stringContaining('db-1: ecds')]);
    expect(asked).toHaveLength(1);
    expect(made.out).not.toContain('Made as');
  },
);

test('where nothing is to be made and nobody waits, nothing is asked about', async () => {
  const { asked, applied } = told({});
  const made = await changed('apply -f - -yes', { applied });
  expect(made).toMatchObject({ code: 0, asked: [expect.anything()] });
  expect(asked).toEqual([]);
});

test('as JSON, what was waited for is told beside it', async () => {
  const { applied } = told({});
  const line = 'apply -f - -yes -wait -format json';
  const { out, err } = await changed(line, { answers, applied });
  expect(JSON.parse(out)).toMatchObject({ revision: '42' });
  expect(err).toBe('Enforced on 2/2 proxies in 84 ms');
});
