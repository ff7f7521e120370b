import { expect, test } from 'vitest';
import { parseHcl } from './hcl-parser.ts';
import { positionOf } from './position-of.ts';

const text = `services {
  name = "web"
  connect {
    sidecar_service { é = "😀", port = 1 }
  }
}
services {
  name = "db"
}
ports = [{ http = 1 }]
`;

function at(path: readonly (string | number)[], part?: 'key'): string {
  const parsed = parseHcl(text);
  if (!parsed.ok) throw new Error('the text is well formed');
  const { line, column } = positionOf(parsed.document, path, part ? { at: part } : {});
  return `${line}:${column}`;
}

test('a value stands where it starts, and a block where its key does', () => {
  expect(at(['services', 0, 'name'])).toBe('2:10');
  expect(at(['services', 1])).toBe('7:1');
  expect(at(['services', 0, 'connect'])).toBe('3:3');
});

test('a key stands where it starts, its column counted in characters', () => {
  expect(at(['services', 0, 'name'], 'key')).toBe('2:3');
  expect(at(['services', 0, 'connect', 'sidecar_service', 'port'], 'key')).toBe('4:32');
});

test('paths of a decoder that normalises find their place', () => {
  expect(at(['Services', 1, 'Name'])).toBe('8:10');
  expect(at(['services', 0, 'connect', 0, 'SidecarService', 'Port'])).toBe('4:39');
  expect(at(['ports', 'http'])).toBe('10:19');
  expect(at(['ports', 0, 'http'], 'key')).toBe('10:12');
});

test('a path that leads nowhere ends where it got lost', () => {
  expect(at(['services', 1, 'port'])).toBe('7:1');
  expect(at(['nothing', 'here'])).toBe('1:1');
  expect(at(['services', 7])).toBe('1:1');
});
