import { expect, test } from 'vitest';
import { steadyAnswer } from './steady-answer.ts';

test('what differs from agent to agent is left out, or told only to be there', () => {
  const answer = [
    {
      ID: '2658b516-6420-b6ce-e760-04fb9cc4b44e',
      CreatedAt: '2026-11-23T15:23:26.828043368Z',
      SourceName: 'web',
      Hash: 'x',
      CreateIndex: 34,
    },
  ];
  expect(steadyAnswer(answer)).toEqual([
    { ID: '<differs>', CreatedAt: '<differs>', SourceName: 'web' },
  ]);
});

test('an ID that is a name stays, and a trust domain is named', () => {
  const sni = 'db.default.dc1.internal.61c8bd4a-5ed3-64ac-fc39-98a70ffaa5b6.consul';
  expect(steadyAnswer({ ID: 'db.default.default.dc1', SNI: sni })).toEqual({
    ID: 'db.default.default.dc1',
    SNI: 'db.default.dc1.internal.td.consul',
  });
});
