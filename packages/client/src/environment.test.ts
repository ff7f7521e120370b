import { expect, test } from 'vitest';
import {
  type ClientEnvironment,
  connectionFromEnvironment,
  type FileReader,
} from './environment.ts';

const files: FileReader = {
  file: (path) => `<${path}>\n`,
  folder: (path) => [`${path}/a`, `${path}/b`],
};

function options(environment: ClientEnvironment) {
  const resolved = connectionFromEnvironment(environment, files);
  return resolved.ok ? resolved.options : resolved.message;
}

test('with nothing set the agent of this machine is meant', () => {
  expect(options({})).toEqual({
    address: { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port: 8500 },
  });
});

test('a token wins over a file with one, and the file is trimmed', () => {
  expect(options({ CONSUL_HTTP_TOKEN_FILE: 't' })).toMatchObject({ token: '<t>' });
  expect(options({ CONSUL_HTTP_TOKEN: 'x', CONSUL_HTTP_TOKEN_FILE: 't' })).toMatchObject({
    token: 'x',
  });
});

test('every TLS variable arrives', () => {
  const environment: ClientEnvironment = {
    CONSUL_HTTP_ADDR: 'mesh:8501',
    CONSUL_HTTP_SSL: 'true',
    CONSUL_HTTP_SSL_VERIFY: '0',
    CONSUL_CAPATH: 'cas',
    CONSUL_CLIENT_CERT: 'cert',
    CONSUL_CLIENT_KEY: 'key',
    CONSUL_TLS_SERVER_NAME: 'agent.test',
  };
  expect(options(environment)).toEqual({
    address: { kind: 'tcp', scheme: 'https', host: 'mesh', port: 8501 },
    tls: {
      ca: ['<cas/a>\n', '<cas/b>\n'],
      cert: '<cert>\n',
      key: '<key>\n',
      serverName: 'agent.test',
      verify: false,
    },
  });
});

test.for([
  [{ CONSUL_HTTP_SSL: 'maybe' }, 'CONSUL_HTTP_SSL is "maybe"; it must be true or false'],
  [
    { CONSUL_HTTP_ADDR: 'host:port' },
    'CONSUL_HTTP_ADDR is "host:port"; it must be host:port, http://…, https://… or unix:///path',
  ],
] as const)('a variable that makes no sense is named', ([environment, message]) => {
  expect(options(environment)).toBe(message);
});

test.for([
  ['CONSUL_HTTP_TOKEN_FILE', 'ENOENT', 'no such file or directory'],
  ['CONSUL_CACERT', 'EACCES', 'permission denied'],
  ['CONSUL_CLIENT_KEY', 'EISDIR', 'is a directory'],
] as const)('%s that cannot be read is named with the reason: %s', ([variable, code, reason]) => {
  const broken: FileReader = {
    ...files,
    file: () => {
      throw Object.assign(new Error('raw'), { code });
    },
  };
  expect(connectionFromEnvironment({ [variable]: '/x' }, broken)).toEqual({
    ok: false,
    variable,
    message: `${variable} names /x, which cannot be read: ${reason}`,
  });
});
