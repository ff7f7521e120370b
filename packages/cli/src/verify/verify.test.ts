import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IntentionSource } from '@chancery/mesh-api';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MeshAgent, startMeshAgent } from '../testing/mesh-agent.ts';
import { chancery } from '../testing/stub-agent.ts';

const asked: (readonly unknown[])[] = [];
/** Says of each assertion that it holds unless it is called broken. */
const verify: IntentionSource['verify'] = (assertions, change) => {
  asked.push([assertions, change]);
  const results = assertions.map((assertion) => {
    const holds = assertion.name !== 'broken';
    const counterexamples = holds ? [] : ['web -> api -> db', 'x -> db'];
    const why = holds ? 'the default is deny' : 'web -> api by * => api (allow) & "more"';
    return { assertion, holds, why, counterexamples, moreCounterexamples: holds ? 0 : 3 };
  });
  const findings = [
    { kind: 'dead', intention: 'wbe => db (allow)', why: 'there is no service wbe' },
  ] as const;
  return { ok: true, value: { revision: 42, results, findings } };
};

let folder = '';
let agent: MeshAgent;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
  const notAsked = (): never => {
    throw new Error('not asked here');
  };
  agent = await startMeshAgent({ intentions: { verify, explain: notAsked } });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await agent[Symbol.asyncDispose]();
});

function rules(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const good = 'assert { never = "web -> db" }';
const bad = 'assert {\n  name = "broken"\n  only = ["api"]\n  to = "db"\n  transitive = true\n}';

describe('chancery verify', () => {
  test('tells of each assertion with its place, and exits 0 where all hold', async () => {
    const path = rules('good.hcl', good);
    const printed = await chancery(['verify', '-f', path], agent);
    expect(printed.code).toBe(0);
    expect(printed.out).toContain(`✓ ${path}:1:1  web may not reach db`);
    expect(printed.out).toContain('! wbe => db (allow) is dead: there is no service wbe');
    expect(printed.out).toContain('1 assertion holds at revision 42; 1 intention has no effect');
  });

  test('asks what the file says', async () => {
    asked.length = 0;
    await chancery(['verify', '-f', rules('bad.hcl', bad)], agent);
    expect(asked[0]?.[0]).toEqual([
      {
        position: join(folder, 'bad.hcl:1:1'),
        name: 'broken',
        claim: { kind: 'only', sources: ['api'], destination: 'db' },
        transitive: true,
      },
    ]);
    expect(asked[0]?.[1]).toBeUndefined();
  });

  test('tells what breaks an assertion and exits 1', async () => {
    const { code, out } = await chancery(['verify', '-f', rules('bad.hcl', bad)], agent);
    expect(code).toBe(1);
    expect(out.split('\n').slice(0, 5)).toEqual([
      `✗ ${join(folder, 'bad.hcl')}:1:1  broken: only api may reach db, also by way of others`,
      '    web -> api -> db',
      '    x -> db',
      '    and 3 more',
      '    web -> api by * => api (allow) & "more"',
    ]);
  });

  test('asks about a change that is not made yet, and tells of its mistakes', async () => {
    asked.length = 0;
    const change = rules(
      'change.hcl.txt',
      'kind = "service-intentions"\nname = "db"\nsources = [{ name = "web", action = "deny" }]',
    );
    const line = ['verify', '-f', rules('good.hcl', good), '-with', change];
    expect((await chancery(line, agent)).code).toBe(0);
    expect(asked[0]?.[1]).toMatchObject({
      entries: [{ origin: expect.stringContaining(change), entry: { Kind: 'service-intentions' } }],
      prune: false,
    });
    rules('change.hcl.txt', 'kind = "service-intention"');
    const mistaken = await chancery(line, agent);
    expect(mistaken.code).toBe(2);
    expect(mistaken.err).toContain(change);
    const pruned = await chancery(['verify', '-f', rules('good.hcl', good), '-prune'], agent);
    expect(pruned).toMatchObject({ code: 2, err: expect.stringContaining('it needs -with') });
  });

  test('fails on intentions without effect if that is asked for', async () => {
    const path = rules('good.hcl', good);
    expect((await chancery(['verify', '-strict', '-f', path], agent)).code).toBe(1);
  });

  test('prints JSON with the verdict', async () => {
    const path = rules('bad.hcl', bad);
    const { code, out } = await chancery(['verify', '-f', path, '-format', 'json'], agent);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      holds: false,
      revision: '42',
      results: [{ holds: false, counterexamples: ['web -> api -> db', 'x -> db'] }],
      findings: [{ kind: 'dead' }],
    });
  });

  test('prints ASCII where the terminal shows nothing else', async () => {
    const path = rules('good.hcl', good);
    const asciiOnly = /^[\x20-\x7e\n]*$/;
    const flagged = await chancery(['verify', '-ascii', '-f', path], agent);
    expect(flagged.out).toMatch(asciiOnly);
    expect(flagged.out).toContain('[ok]');
    expect((await chancery(['verify', '-f', path], agent, { LANG: 'C' })).out).toMatch(asciiOnly);
  });

  test('reads a folder and standard input', async () => {
    rules('both.json', '{"assert": [{"reachable": "web -> db"}]}');
    const { out } = await chancery(['verify', '-f', folder, '-f', '-'], agent, {}, good);
    expect(out).toContain('both.json:1:13  web may reach db');
    expect(out).toContain('<stdin>:1:1  web may not reach db');
  });

  test('that cannot check exits 2, and asks nothing', async () => {
    asked.length = 0;
    const lines = [
      ['verify'],
      ['verify', rules('good.hcl', good)],
      ['verify', '-f', join(folder, 'missing.hcl')],
      ['verify', '-f', rules('wrong.txt', 'assert { nevr = "a -> b" }')],
      ['verify', '-f', rules('empty.txt', '# nothing')],
      ['verify', '-f', rules('good.hcl', good), '-format', 'xml'],
    ];
    for (const line of lines) expect((await chancery(line, agent)).code).toBe(2);
    expect(asked).toEqual([]);
    const nowhere = { address: '127.0.0.1:1' };
    expect((await chancery(['verify', '-f', rules('good.hcl', good)], nowhere)).code).toBe(2);
  });
});

describe('the report for CI systems', () => {
  async function report(...flags: readonly string[]): Promise<string> {
    rules('good.hcl', good);
    rules('bad.hcl', bad);
    const files = ['-f', join(folder, 'good.hcl'), '-f', join(folder, 'bad.hcl')];
    return (await chancery(['verify', '-format', 'junit', ...files, ...flags], agent)).out;
  }

  function parsed(xml: string) {
    return new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(xml);
  }

  test('is XML of JUnit: a suite a file, a case an assertion, a failure what is broken', async () => {
    const xml = await report();
    expect(XMLValidator.validate(xml)).toBe(true);
    const { testsuites } = parsed(xml);
    expect(testsuites).toMatchObject({ tests: '3', failures: '1', skipped: '1' });
    const [held, broken, idle] = testsuites.testsuite;
    expect(held).toMatchObject({ name: join(folder, 'good.hcl'), tests: '1', failures: '0' });
    expect(broken.testcase).toMatchObject({
      name: 'broken',
      file: join(folder, 'bad.hcl:1:1'),
      failure: { message: 'web -> api by * => api (allow) & "more"', type: 'broken' },
    });
    expect(broken.testcase.failure['#text']).toContain('web -> api -> db\nx -> db\nand 3 more');
    expect(idle).toMatchObject({ name: 'intentions without effect', skipped: '1' });
  });

  test('is XML whatever an assertion is called', async () => {
    const name = 'a]]>b \u0001 <&>"';
    const odd = rules('odd.json', JSON.stringify({ assert: { name, never: 'a -> b' } }));
    const { out } = await chancery(['verify', '-format', 'junit', '-f', odd], agent);
    expect(XMLValidator.validate(out)).toBe(true);
    expect(out).toContain('name="a]]>b  &lt;&amp;>&quot;"');
  });

  test('has intentions without effect as failures if they are to fail', async () => {
    expect(await report('-strict')).toContain('failures="2"');
  });
});
