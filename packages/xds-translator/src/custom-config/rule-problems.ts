import { type DescField, type DescMessage, type DescOneof, getOption } from '@bufbuild/protobuf';
import { registry } from '@chancery/envoy-api';
import type { JsonObject } from '@chancery/model';
import type { JsonProblem } from './json-problem.ts';

/** The part that is looked at of what Envoy's protos say about the value of a field (`validate.rules`). */
interface FieldRules {
  readonly message?: { readonly required?: boolean };
  readonly type: { readonly case?: string; readonly value?: TypeRules };
}

interface TypeRules {
  readonly required?: boolean;
  readonly minLen?: bigint;
  readonly minBytes?: bigint;
  readonly minItems?: bigint;
  readonly gt?: Bound;
  readonly gte?: Bound;
  readonly ignoreEmpty?: boolean;
}

type Bound = number | bigint | { readonly seconds: bigint; readonly nanos: number };

/**
 * What is missing or too small in a message, by Envoy's own rules: those that nearly every refused
 * configuration breaks. The others are left to Envoy, whose answer names them.
 */
export function ruleProblems(type: DescMessage, json: JsonObject, path: string): JsonProblem[] {
  const fields = type.fields.flatMap((field) => fieldRuleProblems(field, json, path));
  return [...fields, ...type.oneofs.flatMap((oneof) => choiceProblems(oneof, json, path))];
}

function choiceProblems(oneof: DescOneof, json: JsonObject, path: string): JsonProblem[] {
  const given = oneof.fields.filter((field) => jsonValue(field, json) !== undefined);
  if (given.length > 1) {
    return [{ path, message: `only one of these may be given: ${namesOf(given)}` }];
  }
  if (given.length === 1 || !isRequired(oneof)) return [];
  const choices = oneof.fields.filter(({ deprecated }) => !deprecated);
  return [{ path, message: `one of these is required: ${namesOf(choices)}` }];
}

function namesOf(fields: readonly DescField[]): string {
  return fields.map(({ name }) => name).join(', ');
}

function fieldRuleProblems(field: DescField, json: JsonObject, path: string): JsonProblem[] {
  const rules = rulesOf(field);
  if (rules === undefined) return [];
  const message = broken(rules, jsonValue(field, json), field);
  return message === undefined ? [] : [{ path: `${path}.${field.name}`, message }];
}

function broken(rules: FieldRules, value: unknown, field: DescField): string | undefined {
  const { case: kind, value: bounds = {} } = rules.type;
  if (value === undefined) {
    if (rules.message?.required || bounds.required) return 'is required';
    if (mayBeAbsent(field, bounds)) return undefined;
  }
  if (kind === 'string') return tooShort(value ?? '', bounds.minLen ?? bounds.minBytes);
  if (kind === 'repeated') return tooFew(value ?? [], bounds.minItems);
  return tooSmall(value ?? 0, bounds);
}

function mayBeAbsent(field: DescField, { ignoreEmpty }: TypeRules): boolean {
  return field.oneof !== undefined || field.fieldKind === 'message' || ignoreEmpty === true;
}

function tooShort(value: unknown, least: bigint | undefined): string | undefined {
  if (!least || typeof value !== 'string' || value.length >= least) return undefined;
  return value === '' ? 'must not be empty' : `must have at least ${least} characters`;
}

function tooFew(value: unknown, least: bigint | undefined): string | undefined {
  if (!least || !Array.isArray(value) || value.length >= least) return undefined;
  return `must have at least ${least} ${least === 1n ? 'entry' : 'entries'}`;
}

function tooSmall(value: unknown, bounds: TypeRules): string | undefined {
  const gt = own(bounds, 'gt');
  const gte = own(bounds, 'gte');
  const number = Number(typeof value === 'string' ? value.replace(/s$/, '') : value);
  if (Number.isNaN(number)) return undefined;
  if (gt !== undefined && number <= amount(gt)) return `must be greater than ${amount(gt)}`;
  if (gte !== undefined && number < amount(gte)) return `must be at least ${amount(gte)}`;
  return undefined;
}

/** What is set itself: proto2 gives zero for a bound that is not. */
function own<K extends keyof TypeRules>(rules: TypeRules, key: K): TypeRules[K] | undefined {
  return Object.hasOwn(rules, key) ? rules[key] : undefined;
}

/** Durations in seconds, everything else as it is. */
function amount(bound: Bound): number {
  if (typeof bound === 'object') return Number(bound.seconds) + bound.nanos / 1e9;
  return Number(bound);
}

function jsonValue(field: DescField, json: JsonObject): unknown {
  return json[field.name] ?? json[field.jsonName] ?? undefined;
}

function rulesOf(field: DescField): FieldRules | undefined {
  const option = registry().getExtension('validate.rules');
  if (option === undefined || field.proto.options === undefined) return undefined;
  return getOption(field, option) as FieldRules | undefined;
}

function isRequired(oneof: DescOneof): boolean {
  const option = registry().getExtension('validate.required');
  if (option === undefined || oneof.proto.options === undefined) return false;
  return getOption(oneof, option) === true;
}
