import type { FieldChange } from '@chancery/mesh-api/v1/change';
import { type Line, line, type Span, span, type Tone } from '../frame/span.ts';

type Value = NonNullable<FieldChange['before']>;

/**
 * A value of a message as plain JSON. What protobuf's library does for any message; it is not loaded for this alone,
 * for nothing else needs it before the first frame.
 */
export function jsonOf(value: Value | undefined): unknown {
  switch (value?.kind.case) {
    case 'structValue': {
      const fields = Object.entries(value.kind.value.fields);
      return Object.fromEntries(fields.map(([name, each]) => [name, jsonOf(each)]));
    }
    case 'listValue':
      return value.kind.value.values.map(jsonOf);
    case 'nullValue':
      return null;
    default:
      return value?.kind.value;
  }
}

/** JSON in lines, as it is written in a file. */
export function jsonLines(value: unknown, indent: string): readonly Line[] {
  return JSON.stringify(value, undefined, 2)
    .split('\n')
    .map((text) => jsonLine(`${indent}${text}`));
}

/** Names stand back, so that values are seen. */
function jsonLine(text: string): Line {
  const [, before = '', name = '', value = ''] =
    /^(\s*)("(?:[^"\\]|\\.)*": )?(.*)$/s.exec(text) ?? [];
  return line(before, span(name, 'faint'), span(value));
}

/** What differs between two values, a field a line: `~ Sources[0].Action  "allow" → "deny"`. */
export function fieldLines(fields: readonly FieldChange[], indent: string): readonly Line[] {
  return fields.map(({ path, before, after }) => {
    const from = jsonOf(before);
    const to = jsonOf(after);
    if (from === undefined) return row(indent, '+', path, [span(short(to), 'good')]);
    if (to === undefined) return row(indent, '-', path, [span(short(from), 'bad')]);
    return row(indent, '~', path, [
      span(short(from), 'bad'),
      span(' → ', 'faint'),
      span(short(to), 'good'),
    ]);
  });
}

const signTones: Readonly<Record<string, Tone>> = { '+': 'good', '-': 'bad', '~': 'warn' };

function row(indent: string, sign: string, path: string, rest: readonly Span[]): Line {
  return line(
    indent,
    span(`${sign} `, signTones[sign] ?? 'plain'),
    span(`${path || '(all)'}  `),
    ...rest,
  );
}

function short(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
