import { create, fromJson, type JsonValue } from '@bufbuild/protobuf';
import { type Value, ValueSchema } from '@bufbuild/protobuf/wkt';
import type { FieldChange } from '@chancery/plan';
import {
  type FieldChange as FieldChangeMessage,
  FieldChangeSchema,
} from '../../gen/chancery/mesh/v1/change_pb.ts';

/** A field that differs, as a message. */
export function fieldMessage({ path, before, after }: FieldChange): FieldChangeMessage {
  return create(FieldChangeSchema, {
    path,
    ...(before !== undefined && { before: valueMessage(before) }),
    ...(after !== undefined && { after: valueMessage(after) }),
  });
}

/** What is undefined is absent in JSON, and must not stand in a message. */
function valueMessage(value: unknown): Value {
  return fromJson(ValueSchema, JSON.parse(JSON.stringify(value)) as JsonValue);
}
