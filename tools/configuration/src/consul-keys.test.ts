import {
  type DecodedAgentConfig,
  decodeAgentConfig,
  describeAgentKeys,
  formatPath,
  type KeyDescription,
} from '@chancery/model';
import { consulBinary } from '@chancery/testing';
import { describe, expect, test } from 'vitest';
import { consulKeys, documentWith, examplesOf } from './consul-keys.ts';
import { ConsulValidate } from './consul-validate.ts';

const described = new Map(
  describeAgentKeys().flatMap((key) => namesOf(key).map((name) => [name, key] as const)),
);

function namesOf({ path, aliases }: KeyDescription): readonly string[] {
  const block = path.split('.').slice(0, -1);
  return [path, ...aliases.map((alias) => [...block, alias].join('.'))];
}

/** The key itself, or the block of it that is refused or without effect as a whole; for a single service and check those of several. */
function descriptionOf(path: string): KeyDescription | undefined {
  const steps = path.split('.');
  for (let end = steps.length; end > 0; end -= 1) {
    const found = described.get(steps.slice(0, end).join('.'));
    if (found !== undefined && (end === steps.length || found.effect !== 'understood'))
      return found;
  }
  return undefined;
}

const plain = Object.keys(consulKeys).filter((path) => examplesOf(path).length > 0);

function decode(document: object): DecodedAgentConfig {
  return decodeAgentConfig([{ name: 'a.json', value: document }], {
    dev: false,
    host: { hostname: 'box' },
  });
}

/** Whether something stands at a path, or in a block around it. */
function isAbout(told: string, path: string): boolean {
  return plainly(told) === path || path.startsWith(`${plainly(told)}.`);
}

/** A path without the places in lists. */
function plainly(told: string): string {
  return told.replace(/\[\d+\]/g, '');
}

/** How a configuration with one key of it is taken: what is told about that key. */
function outcomes(path: string) {
  return examplesOf(path).map((value) => {
    const decoded = decode(documentWith(path, value));
    const issues = decoded.ok ? [] : decoded.issues;
    return {
      isUnknown: issues.some(
        (issue) => issue.code === 'unknown-key' && plainly(formatPath(issue.path)) === path,
      ),
      isRefused: issues.some(
        (issue) => issue.code === 'unsupported' && isAbout(formatPath(issue.path), path),
      ),
      isWarned: decoded.warnings.some((warning) => isAbout(formatPath(warning.path), path)),
    };
  });
}

describe('every key of Consul', () => {
  test('is one that we know', () => {
    expect(Object.keys(consulKeys).filter((path) => descriptionOf(path) === undefined)).toEqual([]);
  });

  test('is not told to be unknown', () => {
    expect(plain.filter((path) => outcomes(path).some(({ isUnknown }) => isUnknown))).toEqual([]);
  });

  test('that has no effect is warned of, when something is said with it', () => {
    const inert = plain.filter((path) => descriptionOf(path)?.effect === 'none');
    expect(inert.length).toBeGreaterThan(100);
    expect(inert.filter((path) => !outcomes(path).some(({ isWarned }) => isWarned))).toEqual([]);
  });

  test('that is refused is refused by name, when something is said with it', () => {
    const refused = plain.filter((path) => descriptionOf(path)?.effect === 'refused');
    expect(refused.length).toBeGreaterThan(50);
    expect(refused.filter((path) => !outcomes(path).some(({ isRefused }) => isRefused))).toEqual(
      [],
    );
  });

  test('that is understood is neither', () => {
    const understood = plain.filter((path) => descriptionOf(path)?.effect === 'understood');
    const wrong = understood.filter((path) =>
      outcomes(path).some(({ isWarned, isRefused }) => isWarned || isRefused),
    );
    expect(wrong).toEqual([]);
  });
});

const binary = consulBinary();

describe.skipIf(binary === undefined)('a real Consul', () => {
  test('knows every key that was recorded, each by itself alone', () => {
    using consul = new ConsulValidate(binary ?? '');
    const all = plain.map((path) => documentWith(path, null)).reduce(merged);
    expect([...consul.unknownKeys(all)]).toEqual([]);
  });

  test('does not know a key that is ours alone', () => {
    using consul = new ConsulValidate(binary ?? '');
    const tops = describeAgentKeys().filter(({ path }) => !path.includes('.'));
    const unknown = consul.unknownKeys(Object.fromEntries(tops.map(({ path }) => [path, null])));
    expect([...unknown]).toEqual([]);
  });
});

function merged(one: object, other: object): object {
  const result: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = result[key];
    result[key] = joined(before, value);
  }
  return result;
}

function joined(before: unknown, value: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(value)) return [merged(before[0], value[0])];
  if (isBlock(before) && isBlock(value)) return merged(before, value);
  return value;
}

function isBlock(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
