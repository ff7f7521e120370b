import {
  type DescField,
  type DescMessage,
  getOption,
  type JsonObject,
  type JsonValue,
} from '@bufbuild/protobuf';
import { registry } from './registry.ts';

/** What stands in place of a secret. */
const secret = '[secret]';

/** The JSON of a message, by its proto names, without the fields that Envoy's protos call sensitive. */
export function withoutSecrets(type: DescMessage, json: JsonObject): JsonObject {
  if (type.typeName === 'google.protobuf.Any') return withoutSecretsOfAny(json);
  // The JSON of these has no fields of theirs.
  if (type.typeName.startsWith('google.protobuf.')) return json;
  const fields = new Map(type.fields.map((field) => [field.name, field]));
  return mapped(json, (name, value) => withoutSecret(fields.get(name), value));
}

function withoutSecretsOfAny(json: JsonObject): JsonObject {
  const { '@type': typeUrl, ...rest } = json;
  if (typeof typeUrl !== 'string') return json;
  const type = registry().getMessage(typeUrl.slice(typeUrl.lastIndexOf('/') + 1));
  return type === undefined ? json : { '@type': typeUrl, ...withoutSecrets(type, rest) };
}

function withoutSecret(field: DescField | undefined, value: JsonValue): JsonValue {
  if (field === undefined) return value;
  if (isSensitive(field)) return secret;
  const { message } = field;
  if (message === undefined) return value;
  const each = (inner: JsonValue): JsonValue =>
    isObject(inner) ? withoutSecrets(message, inner) : inner;
  if (Array.isArray(value)) return value.map(each);
  if (field.fieldKind === 'map' && isObject(value))
    return mapped(value, (_key, inner) => each(inner));
  return each(value);
}

const known = new WeakMap<DescField, boolean>();

function isSensitive(field: DescField): boolean {
  const answer = known.get(field) ?? readSensitive(field);
  known.set(field, answer);
  return answer;
}

function readSensitive(field: DescField): boolean {
  const option = registry().getExtension('udpa.annotations.sensitive');
  return option !== undefined && getOption(field, option) === true;
}

function mapped(
  json: JsonObject,
  change: (key: string, value: JsonValue) => JsonValue,
): JsonObject {
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, change(key, value)]));
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
