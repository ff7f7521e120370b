import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chancery, type StubAnswer, startStubAgent } from '../testing/stub-agent.ts';

const root = '/v1/connect/intentions';
const id = '65045252-cb6c-df66-c92f-3ad574e7975c';
const existing = {
  ID: id,
  SourceName: 'web',
  DestinationName: 'db',
  Action: 'deny',
  Description: 'why',
  Meta: { k: 'v', a: 'b' },
  Precedence: 9,
  CreatedAt: '2026-11-23T15:23:25Z',
};
const twice = { status: 500, text: 'Sources[1] defines "web" more than once' };
const exact = `GET ${root}/exact?destination=db&source=web`;

async function printed(line: string, answers: Readonly<Record<string, StubAnswer>> = {}) {
  await using agent = await startStubAgent(answers);
  return { ...(await chancery(line, agent)), asked: [...agent.asked] };
}

describe('create', () => {
  const created = { [`POST ${root}`]: { ID: id } };

  test.for([
    ['web db', 'Created: web => db (allow)', '"Action":"allow"'],
    ['-deny web db', 'Created: web => db (deny)', '"Action":"deny"'],
    ['-allow web *', 'Created: web => * (allow)', '"DestinationName":"*"'],
    ['-deny default/web default/default/db', 'Created: web => db (deny)', '"SourceName":"web"'],
    ['-meta a=b -meta c=d=e web db', 'Created: web => db (allow)', '"Meta":{"a":"b","c":"d=e"}'],
  ] as const)('%s prints "%s" and sends %s', async ([line, out, sent]) => {
    const ran = await printed(`intention create ${line}`, created);
    expect(ran).toMatchObject({ code: 0, out, err: '' });
    expect(ran.asked[0]).toContain(sent);
  });

  test.for([
    ['-allow -deny a b', 'Only one of -allow or -deny may be specified.'],
    ['a', 'Error: Must specify two arguments: source and destination'],
    ['a b c', 'Error: Must specify two arguments: source and destination'],
    ['-meta k a b', 'invalid value "k" for flag -meta: it must be key=value'],
    ['team/a b', 'Error: "team/a" names a namespace or partition; only "default" exists here'],
    ['-file', 'Error: -file needs at least one file'],
    ['-file nofile.json', 'Error: open nofile.json: no such file or directory'],
  ] as const)('%s is refused: %s', async ([line, err]) => {
    expect(await printed(`intention create ${line}`)).toEqual({ code: 1, out: '', err, asked: [] });
  });

  test('a duplicate says what exists and names the flag that writes over it', async () => {
    const ran = await printed('intention create -allow web db', {
      [`POST ${root}`]: twice,
      [exact]: existing,
    });
    expect(ran).toMatchObject({
      code: 1,
      out: '',
      err: 'Error creating intention "web => db (allow)": "web => db (deny)" exists; use -replace to write over it',
    });
  });

  test('another failure is told as the agent told it', async () => {
    const ran = await printed('intention create web db', {
      [`POST ${root}`]: { status: 500, text: 'no disk' },
    });
    expect(ran).toMatchObject({
      code: 1,
      err: 'Error creating intention "web => db (allow)": Unexpected response code: 500 (no disk)',
    });
  });

  test('-replace writes over by ID and says nothing; one without an ID by its pair; a new one is created', async () => {
    const byId = await printed('intention create -replace -allow web db', {
      [exact]: existing,
      [`PUT ${root}/${id}`]: {},
    });
    expect(byId).toMatchObject({ code: 0, out: '', err: '' });
    expect(byId.asked[1]).toContain(`PUT ${root}/${id} `);
    const { ID: _, ...withoutId } = existing;
    const pair = `PUT ${root}/exact?destination=db&source=web`;
    const byPair = await printed('intention create -replace web db', {
      [exact]: withoutId,
      [pair]: {},
    });
    expect(byPair).toMatchObject({ code: 0, out: '' });
    const fresh = await printed('intention create -replace web db', created);
    expect(fresh).toMatchObject({ code: 0, out: 'Created: web => db (allow)' });
  });

  test.for([
    ['{"SourceName":"x","DestinationName":"y","Action":"deny"}', 0, 'Created: x => y (deny)'],
    ['{"SourceName":"x","Action":"deny"}', 1, 'DestinationName: must be set'],
    ['{"SourceName":"x","DestinationName":"y"}', 1, "Action: must be 'allow' or 'deny'"],
    [
      '{"SourceName":"x","DestinationName":"y","Acton":"deny"}',
      1,
      'unknown key Acton: did you mean Action?',
    ],
    ['{"Permissions":[]}', 1, "using this CLI; use 'chancery config write' instead"],
    ['[1]', 1, 'must be one JSON object'],
    ['{', 1, 'JSON'],
  ] as const)('a file with %s exits with %i: %s', async ([text, code, line]) => {
    const folder = await mkdtemp(join(tmpdir(), 'chancery-cli-'));
    try {
      const path = join(folder, 'ixn.json');
      await writeFile(path, text);
      const ran = await printed(`intention create -file ${path}`, created);
      expect(ran.code).toBe(code);
      expect(code === 0 ? ran.out : ran.err).toContain(line);
      if (code !== 0) expect(ran.err).toContain(path);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the others', () => {
  const check = `GET ${root}/check?destination=db&source=web&source-type=consul`;

  test.for([
    ['intention check web db', { [check]: { Allowed: true } }, 0, 'Allowed', ''],
    ['intention check web db', { [check]: { Allowed: false } }, 1, 'Denied', ''],
    [
      'intention check web',
      {},
      2,
      '',
      'Error: command requires exactly two arguments: src and dst',
    ],
    [
      'intention check web db',
      { [check]: { status: 500, text: 'oops' } },
      2,
      '',
      'Error checking the connection: Unexpected response code: 500 (oops)',
    ],
    ['intention list', { [`GET ${root}`]: [] }, 2, '', 'There are no intentions.'],
    [
      'intention list',
      { [`GET ${root}`]: [existing] },
      0,
      `ID                                    Source  Action  Destination  Precedence\n${id}  web     deny    db           9`,
      '',
    ],
    [
      'intention match db',
      { [`GET ${root}/match?by=destination&name=db`]: { db: [existing] } },
      0,
      'web => db (deny)',
      '',
    ],
    [
      'intention match -source web',
      { [`GET ${root}/match?by=source&name=web`]: { web: [] } },
      0,
      '',
      '',
    ],
    [
      'intention match -source -destination db',
      {},
      1,
      '',
      'Error: only one of -source or -destination may be specified',
    ],
    ['intention match', {}, 1, '', 'Error: command requires exactly one argument: src or dst'],
    [
      'intention delete web db',
      { [`DELETE ${root}/exact?destination=db&source=web`]: {} },
      0,
      'Intention deleted.',
      '',
    ],
    [`intention delete ${id}`, { [`DELETE ${root}/${id}`]: {} }, 0, 'Intention deleted.', ''],
    ['intention delete', {}, 1, '', 'command requires exactly 1 or 2 arguments'],
    [
      'intention get web db',
      {},
      1,
      '',
      'Intention not found with source "web" and destination "db"',
    ],
    [`intention get ${id}`, {}, 1, '', `Intention not found with ID "${id}"`],
    ['intention get a b c', {}, 1, '', 'command requires exactly 1 or 2 arguments'],
  ] as const)('%s with %j exits with %i', async ([line, answers, code, out, err]) => {
    expect(await printed(line, answers)).toMatchObject({ code, out, err });
  });

  test('an intention that came with a config entry has neither an ID nor a time of its own', async () => {
    const { ID: _, Action: __, ...entry } = existing;
    const permissions = [{ Action: 'allow', HTTP: { PathPrefix: '/v1' } }];
    const answers = {
      [exact]: { ...entry, CreatedAt: undefined, Permissions: permissions },
      [`GET ${root}/match?by=destination&name=db`]: {
        db: [{ ...entry, Permissions: permissions }],
      },
    };
    const { out } = await printed('intention get web db', answers);
    expect(out).toMatch(/\nCreated At: {3}(Monday, 01-Jan-01|Sunday, 31-Dec-00) /);
    expect(out.endsWith(`\nPermissions:\n${JSON.stringify(permissions, null, 2)}`)).toBe(true);
    expect((await printed('intention match db', answers)).out).toBe('web => db (1 permission)');
  });

  test('an ID that is none is told in the words of Consul', async () => {
    const text = 'failed config entry lookup: index error: UUID must be 36 characters';
    const ran = await printed('intention get nope', {
      [`GET ${root}/nope`]: { status: 400, text },
    });
    expect(ran).toMatchObject({
      code: 1,
      err: `Error reading the intention: Unexpected response 400: ${text}`,
    });
  });

  test('lists and one intention are JSON as the API writes it', async () => {
    const answers = {
      [exact]: existing,
      [`GET ${root}?filter=x`]: [existing],
      [`GET ${root}/match?by=destination&name=db`]: { db: [existing] },
    };
    const json = async (line: string) =>
      JSON.parse((await printed(`${line} -format json`, answers)).out);
    expect(await json('intention get web db')).toEqual(existing);
    expect(await json('intention list -filter x')).toEqual([existing]);
    expect(JSON.parse((await printed('intention match -format json db', answers)).out)).toEqual([
      existing,
    ]);
    const none = await printed('intention list -format json', { [`GET ${root}`]: [] });
    expect(none).toMatchObject({ code: 2, out: '[]', err: '' });
  });

  test('get shows every part of an intention in its place', async () => {
    const { code, out } = await printed('intention get web db', { [exact]: existing });
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 7)).toEqual([
      'Source:       web',
      'Destination:  db',
      'Action:       deny',
      `ID:           ${id}`,
      'Description:  why',
      'Meta[a]:      b',
      'Meta[k]:      v',
    ]);
    expect(out).toMatch(/\nCreated At: {3}Mon|\nCreated At: {3}Tue/);
  });
});
