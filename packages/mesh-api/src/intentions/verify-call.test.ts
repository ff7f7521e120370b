import { describe, expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { serveMesh } from '../testing/mesh-server.ts';
import type { IntentionSource, VerifiedMesh } from './intention-source.ts';

const path = '/chancery.mesh.v1.IntentionService/Verify';
type Asked = Parameters<IntentionSource['verify']>;

const explain = (): never => {
  throw new Error('not asked here');
};

async function answer(
  body: object,
  verify: (...asked: Asked) => VerifiedMesh,
): Promise<{ readonly status: number | undefined; readonly json: unknown }> {
  const server = await serveMesh({ intentions: { verify, explain } });
  const { status, text } = await ask(server, path, { body: JSON.stringify(body) });
  return { status, json: JSON.parse(text) };
}

describe('Verify', () => {
  test('hands over assertions and a change, and tells each result in words', async () => {
    const asked: Asked[] = [];
    const body = {
      assertions: [
        { position: 'rules.hcl:1:1', name: 'n', never: { source: 'web', destination: 'db' } },
        { only: { sources: ['api'], destination: 'db', transitive: true } },
      ],
      change: { entries: [{ entry: { Kind: 'mesh' }, origin: 'mesh.hcl' }], prune: true },
    };
    const { status, json } = await answer(body, (...given) => {
      asked.push(given);
      expect(given.pop()).toBeInstanceOf(AbortSignal);
      const results = given[0].map((assertion) => ({
        assertion,
        holds: false,
        why: 'because',
        counterexamples: ['web -> db'],
        moreCounterexamples: 2,
      }));
      return { ok: true, value: { results, findings: [], revision: 5 } };
    });
    expect(asked).toEqual([
      [
        [
          {
            position: 'rules.hcl:1:1',
            name: 'n',
            claim: { kind: 'never', source: 'web', destination: 'db' },
            transitive: false,
          },
          {
            position: 'assertions[1]',
            claim: { kind: 'only', sources: ['api'], destination: 'db' },
            transitive: true,
          },
        ],
        { entries: [{ entry: { Kind: 'mesh' }, origin: 'mesh.hcl' }], deletions: [], prune: true },
      ],
    ]);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      revision: '5',
      results: [
        { position: 'rules.hcl:1:1', name: 'n', claim: 'web may not reach db', holds: false },
        {
          claim: 'only api may reach db, also by way of others',
          why: 'because',
          counterexamples: ['web -> db'],
          moreCounterexamples: 2,
        },
      ],
    });
  });

  test.each([
    [{}, 'assertions[0]: it claims nothing: set never, reachable or only'],
    [
      { never: { source: 'web' } },
      'assertions[0]: never needs both ends: a source and a destination, each a service or *',
    ],
    [
      { position: 'r.hcl:1:1', only: { destination: 'db' } },
      'r.hcl:1:1: only needs both ends: a source and a destination, each a service or *',
    ],
  ])('refuses %j', async (assertion, message) => {
    const { status, json } = await answer({ assertions: [assertion] }, explain);
    expect([status, json]).toEqual([400, { code: 'invalid_argument', message }]);
  });

  test('refuses more assertions than it holds the mesh to at once', async () => {
    const assertions = Array.from({ length: 5001 }, () => ({ never: {} }));
    const { status, json } = await answer({ assertions }, explain);
    expect([status, json]).toMatchObject([
      400,
      { message: expect.stringMatching(/5001 are more than the 5000 .*: ask in parts$/) },
    ]);
  });

  test('refuses what its source refuses, in its words', async () => {
    const refusal = { code: 'conflict', message: 'db.hcl: contradicts web.hcl' } as const;
    const { json } = await answer({ assertions: [] }, () => ({ ok: false, refusal }));
    expect(json).toMatchObject({ message: 'db.hcl: contradicts web.hcl' });
  });
});
