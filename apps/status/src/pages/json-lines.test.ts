import { fromJson, type JsonValue } from '@bufbuild/protobuf';
import { ValueSchema } from '@bufbuild/protobuf/wkt';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonOf } from './json-lines.ts';

test('every value of a message is the JSON that it was made from', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(JSON.stringify(jsonOf(fromJson(ValueSchema, json as JsonValue)))).toBe(
        JSON.stringify(json),
      );
    }),
  );
});

test('a field that is not set has no value', () => {
  expect(jsonOf(undefined)).toBeUndefined();
});
