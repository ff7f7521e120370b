import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import { expect, test } from 'vitest';
import { ChangeService } from '../gen/chancery/mesh/v1/changes_pb.ts';
import { IntentionService } from '../gen/chancery/mesh/v1/intentions_pb.ts';
import { ProxyService } from '../gen/chancery/mesh/v1/proxies_pb.ts';
import { StatusService } from '../gen/chancery/mesh/v1/status_pb.ts';
import { isMeshRead, meshApiPrefix, meshCalls } from './mesh-calls.ts';

const services = [ProxyService, IntentionService, ChangeService, StatusService];
const calls = services.flatMap(({ typeName, methods }) =>
  methods.map(({ name, idempotency }) => ({
    path: `/${typeName}/${name}`,
    changesNothing: idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS,
  })),
);

test('of every call it is decided what its caller must be allowed, and of nothing else', () => {
  expect(Object.keys(meshCalls).sort()).toEqual(calls.map(({ path }) => path).sort());
});

test('a call that changes nothing asks for a right to read, and one that does for a right to write', () => {
  for (const { path, changesNothing } of calls) {
    const right = changesNothing ? /:read$/ : /:write$/;
    expect([path, meshCalls[path]]).toEqual([path, expect.stringMatching(right)]);
    expect([path, isMeshRead(path)]).toEqual([path, changesNothing]);
  }
});

test('what is no call is no read', () => {
  for (const path of ['/v1/agent/self', `${meshApiPrefix}ProxyService/Nothing`, 'toString']) {
    expect([path, isMeshRead(path)]).toEqual([path, false]);
  }
});

test('every path of a call is told by how it begins', () => {
  for (const path of Object.keys(meshCalls)) expect(path.startsWith(meshApiPrefix)).toBe(true);
});
