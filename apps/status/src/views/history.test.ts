import { create } from '@bufbuild/protobuf';
import { type DeclaredChange, DeclaredChangeSchema } from '@chancery/mesh-api/v1/change';
import { expect, test } from 'vitest';
import { action, changesWords } from './history.ts';

function created(kind: string, name: string): DeclaredChange {
  return create(DeclaredChangeSchema, { kind, name, action: action.create });
}

test('a commit is told by what says most of it, and how much more there is', () => {
  const check = created('check', 'service:web-sidecar-proxy:1');
  const service = created('service', 'web');
  const words = (changes: DeclaredChange[], moreChanges = 0) =>
    changesWords({ changes, moreChanges });
  expect(words([check, check, service])).toBe('+ service/web and 2 more');
  expect(words([check, check, service], 40)).toBe('+ service/web and 42 more');
  expect(words([check])).toBe('+ check/service:web-sidecar-proxy:1');
  expect(words([])).toBeUndefined();
});
