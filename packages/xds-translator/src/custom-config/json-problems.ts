import { type DescField, type DescMessage, fromJson, type JsonValue } from '@bufbuild/protobuf';
import { AnySchema } from '@bufbuild/protobuf/wkt';
import { registry } from '@chancery/envoy-api';
import { suggest } from '@chancery/model';
import type { JsonProblem } from './json-problem.ts';
import { isJsonObject } from './read-json.ts';
import { ruleProblems } from './rule-problems.ts';

/**
 * Every mistake in the JSON form of a message, where protobuf's own reader stops at the first and does
 * not say where. The type comes from `registry()`, whose descriptors carry Envoy's rules for values.
 */
export function jsonProblems(type: DescMessage, json: unknown, path = '$'): JsonProblem[] {
  if (type.typeName === 'google.protobuf.Any') return anyProblems(json, path);
  if (!isJsonObject(json)) return [{ path, message: `expected an object, found ${named(json)}` }];
  const fields = fieldsByKey(type);
  const found = Object.entries(json).flatMap(([key, value]) => {
    const at = `${path}${step(key)}`;
    const field = fields.get(key);
    if (field === undefined) return [{ path: at, message: unknownField(key, type) }];
    return value === null ? [] : fieldProblems(field, key, value, at);
  });
  return [...found, ...ruleProblems(type, json, path), ...unservedProblems(type, json, path)];
}

function anyProblems(json: unknown, path: string): JsonProblem[] {
  if (!isJsonObject(json)) return [{ path, message: `expected an object, found ${named(json)}` }];
  const { '@type': url, ...rest } = json;
  if (typeof url !== 'string') return [{ path, message: 'says no "@type"' }];
  const typeName = url.slice(url.lastIndexOf('/') + 1);
  const type = registry().getMessage(typeName);
  if (type === undefined) {
    return [
      { path: `${path}["@type"]`, message: `no type of Envoy's v3 API is named ${typeName}` },
    ];
  }
  if (!isOpaque(type)) return jsonProblems(type, rest, path);
  const whole = json as JsonValue;
  return leafProblems(() => fromJson(AnySchema, whole, { registry: registry() }), path);
}

function fieldProblems(field: DescField, key: string, value: unknown, path: string): JsonProblem[] {
  const type = field.message;
  if (type !== undefined && !isOpaque(type)) {
    if (field.fieldKind === 'message') return jsonProblems(type, value, path);
    if (field.fieldKind === 'list' && Array.isArray(value)) {
      return value.flatMap((entry, index) => jsonProblems(type, entry, `${path}[${index}]`));
    }
    if (field.fieldKind === 'map' && isJsonObject(value)) {
      const entries = Object.entries(value);
      return entries.flatMap(([name, entry]) => jsonProblems(type, entry, path + step(name)));
    }
  }
  const alone = { [key]: value } as JsonValue;
  const problems = leafProblems(
    () => fromJson(field.parent, alone, { registry: registry() }),
    path,
  );
  return problems.map((problem) => explained(problem, field));
}

/** Where the reader only repeats the value, says what would have been right. */
function explained({ path, message }: JsonProblem, field: DescField): JsonProblem {
  if (!message.startsWith('"')) return { path, message };
  const names = field.enum?.values.map(({ name }) => name).join(', ');
  const expected = names ? `one of ${names}` : (field.message?.name ?? 'something else');
  return { path, message: `expected ${expected}, found ${message}` };
}

/** Protobuf's own reader judges what has no fields of its own. */
function leafProblems(read: () => unknown, path: string): JsonProblem[] {
  try {
    read();
    return [];
  } catch (error) {
    const message = (error as Error).message.replace(/^cannot decode .*? from JSON: /, '');
    return [{ path, message }];
  }
}

/**
 * An extension config that is asked for on the stream and never comes keeps the whole Envoy from
 * starting, so a custom configuration may not ask for any.
 */
function unservedProblems(type: DescMessage, json: object, path: string): JsonProblem[] {
  if (type.typeName !== 'envoy.config.core.v3.ExtensionConfigSource') return [];
  const source = 'config_source' in json ? json.config_source : Reflect.get(json, 'configSource');
  if (!isJsonObject(source) || !('ads' in source)) return [];
  return [{ path, message: 'no extension config of that name is served: give a typed_config' }];
}

/** Types whose JSON is not an object with their fields as keys. */
function isOpaque(type: DescMessage): boolean {
  return type.typeName.startsWith('google.protobuf.') && type.typeName !== 'google.protobuf.Any';
}

function fieldsByKey(type: DescMessage): Map<string, DescField> {
  const pairs = type.fields.flatMap((field) => [
    [field.name, field] as const,
    [field.jsonName, field] as const,
  ]);
  return new Map(pairs);
}

function unknownField(key: string, type: DescMessage): string {
  const names = type.fields.map(({ name }) => name);
  const near = suggest(key, names);
  return `${type.typeName} has no such field${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

function step(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function named(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return `the ${typeof value} ${JSON.stringify(value)?.slice(0, 40)}`;
}
