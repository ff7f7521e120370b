import { parseHcl, parseJson, toValue } from '@chancery/hcl';
import { describe, expect, test } from 'vitest';
import { decode, file, mistakes, warnings } from '../testing/agent-files.ts';

function hcl(text: string, name = 'a.hcl') {
  const parsed = text.startsWith('{') ? parseJson(text) : parseHcl(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return file(toValue(parsed.document), name);
}

describe('entries to begin with are read', () => {
  test.for([
    [
      'blocks',
      `config_entries {
         bootstrap { kind = "proxy-defaults" name = "global" config { protocol = "http" } }
         bootstrap { Kind = "service-defaults" Name = "web" Protocol = "http" }
       }`,
    ],
    [
      'a list',
      `config_entries { bootstrap = [
         { kind = "proxy-defaults" name = "global" config { protocol = "http" } },
         { kind = "service-defaults", name = "web", protocol = "http" }
       ] }`,
    ],
    [
      'JSON',
      `{ "config_entries": { "bootstrap": [
         { "Kind": "proxy-defaults", "Name": "global", "Config": { "protocol": "http" } },
         { "Kind": "service-defaults", "Name": "web", "Protocol": "http" }
       ] } }`,
    ],
  ] as const)('from %s', ([, text]) => {
    const decoded = decode([hcl(text)]);
    expect(decoded.ok && decoded.value.configEntries).toMatchObject([
      { kind: 'proxy-defaults', name: 'global', config: { protocol: 'http' } },
      { kind: 'service-defaults', name: 'web', protocol: 'http' },
    ]);
  });
});

test('a mistake in an entry is told with its place', () => {
  const text = `config_entries {
    bootstrap { kind = "bogus" name = "x" }
    bootstrap { kind = "service-defaults" name = "x" protocl = "http" }
  }`;
  expect(mistakes([hcl(text)])).toEqual([
    expect.stringMatching(/^a\.hcl: config_entries\.bootstrap\[0\](\.kind)?: .*bogus/),
    'a.hcl: config_entries.bootstrap[1].protocl: unknown key "protocl"; did you mean "protocol"?',
  ]);
});

test('the entries of all files add up; of one kind and name the first counts, which is told', () => {
  const entry = (name: string, protocol: string) =>
    `config_entries { bootstrap { kind = "service-defaults" name = "${name}" protocol = "${protocol}" } }`;
  const files = [hcl(entry('web', 'http')), hcl(entry('db', 'tcp'), 'b.hcl')];
  const again = hcl(entry('web', 'tcp'), 'c.hcl');
  const decoded = decode([...files, again]);
  expect(decoded.ok && decoded.value.configEntries).toMatchObject([
    { name: 'web', protocol: 'http' },
    { name: 'db', protocol: 'tcp' },
  ]);
  expect(warnings([...files, again])).toContain(
    'c.hcl: config_entries.bootstrap[0]: service-defaults/web stands there twice: the first counts',
  );
});
