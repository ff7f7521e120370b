import { type DescMessage, fromJson, type MessageShape } from '@bufbuild/protobuf';
import { registry, typeUrlOf } from '@chancery/envoy-api';
import type { JsonObject } from '@chancery/model';

/** A value, or the reason why there is none. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** Deeper than any Envoy configuration, and far from the end of the stack. */
const maximumDepth = 100;

/** Reads a text that holds one message of a type and says so with `@type`; gives the object without it. */
export function readTypedJson(text: string, schema: DescMessage): Read<JsonObject> {
  const read = readJson(text);
  if (!read.ok) return read;
  if (!isJsonObject(read.value)) return { ok: false, reason: 'expected one JSON object' };
  const { '@type': type, ...rest } = read.value;
  const expected = typeUrlOf(schema);
  if (type === undefined) return { ok: false, reason: `$["@type"] is missing: give ${expected}` };
  if (type === expected) return { ok: true, value: rest };
  return { ok: false, reason: `$["@type"]: expected ${expected}, found ${JSON.stringify(type)}` };
}

/** Reads any JSON, with a bound on its depth. */
export function readJson(text: string): Read<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (deeperThan(value, maximumDepth)) {
      return { ok: false, reason: `nested more than ${maximumDepth} levels deep` };
    }
    return { ok: true, value };
  } catch (error) {
    return { ok: false, reason: `not JSON: ${(error as Error).message}` };
  }
}

/** The message that a text holds. Refuses what Envoy's types do not know. */
export function decodeTyped<Desc extends DescMessage>(
  text: string,
  schema: Desc,
): Read<MessageShape<Desc>> {
  const read = readTypedJson(text, schema);
  if (!read.ok) return read;
  try {
    // A JsonObject is what fromJson takes, but for its `readonly`.
    const json = read.value as Parameters<typeof fromJson>[1];
    return { ok: true, value: fromJson(schema, json, { registry: registry() }) };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}

/** Whether a value is a JSON object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((entry) => deeperThan(entry, levels - 1));
}
