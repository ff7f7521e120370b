import { expect, test } from 'vitest';
import { rejectedNames } from './rejected-names.ts';

const names = ['db', 'db:127.0.0.1:9191', 'web', 'public_listener:0.0.0.0:21000', 'v2.db.default'];

test.for([
  ['Error adding/updating listener(s) db:127.0.0.1:9191: no filter chains', ['db:127.0.0.1:9191']],
  ['web: address is necessary\ndb: address is necessary\n', ['db', 'web']],
  ["malformed cluster 'v2.db.default', it is bad.", ['v2.db.default']],
  ['the db.', ['db']],
  ['(web)', ['web']],
  ['dbx web-2 my-db /web web/leaf web.internal', []],
  ['public_listener:0.0.0.0:2100', []],
  ['public_listener:0.0.0.0:21000:', ['public_listener:0.0.0.0:21000']],
  ['first webx, then web', ['web']],
  ['something is wrong', []],
  ['', []],
] as const)('"%s" speaks of %j', ([reason, expected]) => {
  expect([...rejectedNames(reason, names)].sort()).toEqual(expected);
});
