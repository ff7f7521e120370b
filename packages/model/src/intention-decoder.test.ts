import { describe, expect, test } from 'vitest';
import type { Decoded } from './decoded.ts';
import { formatIssue } from './format-issue.ts';
import { decodeIntention } from './intention-decoder.ts';

function mistakes(decoded: Decoded<unknown>): readonly string[] {
  return decoded.ok ? [] : decoded.issues.map((issue) => formatIssue(issue));
}

const http = { casing: 'http' } as const;

describe('an intention', () => {
  test('is read from what a client sends, and sends back', () => {
    const body = {
      ID: 'b7e6b8b4-0f5a-4d5e-8a35-6a2b1a4f8c11',
      SourceNS: 'default',
      SourceName: '*',
      DestinationNS: '',
      DestinationName: 'db',
      SourceType: 'consul',
      Action: 'deny',
      Description: 'no',
      Meta: { Owner: 'x' },
      Permissions: null,
      Precedence: 8,
      CreatedAt: '2026-01-01T00:00:00Z',
      CreateIndex: 7,
    };
    expect(decodeIntention(body, http)).toEqual({
      ok: true,
      value: {
        id: 'b7e6b8b4-0f5a-4d5e-8a35-6a2b1a4f8c11',
        source: '*',
        destination: 'db',
        action: 'deny',
        description: 'no',
        meta: { Owner: 'x' },
      },
      warnings: [],
    });
  });

  test('takes its names from the address of the request where they stand there', () => {
    const pair = { source: 'web', destination: 'db' };
    const body = { SourceName: '', Action: 'allow' };
    expect(decodeIntention(body, { ...http, pair })).toEqual({
      ok: true,
      value: { ...pair, action: 'allow' },
      warnings: [],
    });
  });

  test('has permissions about requests in place of an action', () => {
    const pair = { source: 'web', destination: 'db' };
    const http1 = { PathPrefix: '/admin', Methods: ['get'] };
    const body = { Permissions: [{ Action: 'allow', HTTP: http1 }] };
    expect(decodeIntention(body, { ...http, pair })).toMatchObject({
      ok: true,
      value: {
        ...pair,
        permissions: [{ action: 'allow', http: { pathPrefix: '/admin', methods: ['GET'] } }],
      },
    });
  });

  test.for<[object, string]>([
    [{ SourceName: '', DestinationName: 'b', Action: 'deny' }, 'SourceName is missing'],
    [
      { SourceName: 'a*', DestinationName: 'b', Action: 'deny' },
      'SourceName: "a*": "*" stands alone, for every service',
    ],
    [
      { SourceName: 'a', DestinationName: 'b', Action: 'deny', SourceType: 'x' },
      'SourceType: expected "consul", found "x"',
    ],
    [
      { SourceName: 'a', DestinationName: 'b', Action: 'deny', SourceNS: 'team' },
      'SourceNS: only "default" is supported today, found "team"',
    ],
    [
      { SourceName: 'a', DestinationName: 'b', Action: 'deny', Bogus: 1 },
      'Bogus: unknown key "Bogus"',
    ],
    [
      { SourceName: 'a', DestinationName: 'b', Permissions: [{ Action: 'deny', HTPP: {} }] },
      'Permissions[0].HTPP: unknown key "HTPP"; did you mean "HTTP"?',
    ],
  ])('%j is refused', ([body, message]) => {
    expect(mistakes(decodeIntention(body, http))).toEqual([message]);
  });
});
