import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { type Asked, ask } from './testing/ask.ts';
import { proxySource, serveMesh } from './testing/mesh-server.ts';

const wait = '/chancery.mesh.v1.ProxyService/WaitApplied';

describe('a call over HTTP', () => {
  test('is JSON both ways, with what is false or nothing written out', async () => {
    const server = await serveMesh({ proxies: proxySource() });
    const answer = await ask(server, wait, { body: '{"revision":3}' });
    expect(answer).toMatchObject({ status: 200, type: 'application/json' });
    expect(JSON.parse(answer.text)).toEqual({
      affected: 2,
      acknowledged: 2,
      took: '0.084s',
      lagging: [],
      notConnected: [],
    });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  test('is a GET as well where it changes nothing', async () => {
    const server = await serveMesh({ proxies: proxySource() });
    const query = `encoding=json&message=${encodeURIComponent('{"revision":3}')}`;
    const answer = await ask(server, `${wait}?${query}`, { method: 'GET', headers: {}, body: '' });
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('"affected":2') });
  });

  test.for<readonly [string, string, Asked, number, object]>([
    [
      'without a type of its own',
      wait,
      { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      415,
      {
        code: 'unknown',
        message:
          'A body of Content-Type "application/x-www-form-urlencoded" is not read here: send JSON as application/json',
      },
    ],
    [
      'for a stream as if it were none',
      '/chancery.mesh.v1.StatusService/Check',
      {},
      415,
      {
        code: 'unknown',
        message: 'This call is a stream: ask for it by POST with application/connect+json',
      },
    ],
    [
      'by GET without its message',
      wait,
      { method: 'GET', body: '', headers: {} },
      415,
      {
        code: 'unknown',
        message: 'The message of a GET stands in its query: ?encoding=json&message={}',
      },
    ],
    [
      'by a method that is none of it',
      wait,
      { method: 'PUT' },
      405,
      {
        code: 'unknown',
        message:
          'PUT is not answered here: use POST, or GET for a call that changes nothing and is no stream',
      },
    ],
    [
      'by GET where it changes something',
      '/chancery.mesh.v1.ChangeService/Apply?encoding=json&message={}',
      { method: 'GET', body: '', headers: {} },
      405,
      { code: 'unknown', message: expect.stringContaining('GET is not answered here') },
    ],
    [
      'that nobody has heard of',
      '/chancery.mesh.v1.ProxyService/Nothing',
      {},
      404,
      {
        code: 'unimplemented',
        message: '/chancery.mesh.v1.ProxyService/Nothing is not served here',
      },
    ],
    [
      'with a field that is misspelt',
      wait,
      { body: '{"revison":3}' },
      400,
      { code: 'invalid_argument', message: expect.stringContaining('key "revison" is unknown') },
    ],
    [
      'that is no JSON',
      wait,
      { body: '{' },
      400,
      { code: 'invalid_argument', message: expect.stringContaining('JSON') },
    ],
    [
      'of a service without a source',
      '/chancery.mesh.v1.IntentionService/Explain',
      { body: '{}' },
      501,
      { code: 'unimplemented', message: expect.stringContaining('Explain') },
    ],
  ])('%s is told what is wrong with it', async ([, path, asked, status, error]) => {
    const server = await serveMesh({ proxies: proxySource() });
    const answer = await ask(server, path, asked);
    expect(answer).toMatchObject({ status, type: 'application/json' });
    expect(JSON.parse(answer.text)).toEqual(error);
    expect(server.lines).toEqual([]);
  });

  test('that is no whole request is answered, and harms nobody', async () => {
    const server = await serveMesh({ proxies: proxySource() });
    const socket = connect(server.address.port, '127.0.0.1');
    // HTTP/1.0 needs no Host.
    socket.end(
      `POST ${wait} HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 .*"code":"invalid_argument"/s);
    expect(await ask(server, wait)).toMatchObject({ status: 200 });
  });

  test('that fails in a way that is no answer is logged, and its caller told no more', async () => {
    const proxies = proxySource({
      applied: () => {
        throw new Error('the disk of /secret/place is gone');
      },
    });
    const server = await serveMesh({ proxies });
    const answer = await ask(server, wait);
    expect(answer).toMatchObject({ status: 500 });
    expect(answer.text).not.toContain('secret');
    expect(answer.text).toContain('the log of the agent says more');
    expect(server.lines).toEqual(['error a call failed']);
  });
});

describe('who calls', () => {
  test('is asked about before anything of the message is read', async () => {
    const asked: unknown[] = [];
    const server = await serveMesh({
      proxies: proxySource(),
      authorise: (principal, right) => {
        asked.push([principal.name, right]);
        return false;
      },
    });
    const headers = { 'Content-Type': 'application/json', 'X-Chancery-Author': 'alice' };
    const answer = await ask(server, wait, { body: 'no message', headers });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toEqual({
      code: 'permission_denied',
      message: `Permission denied: "alice" lacks permission 'mesh:read'`,
    });
    expect(asked).toEqual([['alice', 'mesh:read']]);
  });

  test('is not answered at all where a request is kept out', async () => {
    const refusal = () => ({ status: 403, message: 'Access is restricted' });
    const server = await serveMesh({ refusal, authorise: () => Promise.reject('asked') as never });
    const answer = await ask(server, wait);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      403,
      { code: 'permission_denied', message: 'Access is restricted' },
    ]);
  });
});
