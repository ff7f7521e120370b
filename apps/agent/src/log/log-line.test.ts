import { expect, test, vi } from 'vitest';
import { formedOnce, logLine, textLine } from './log-line.ts';

test('a line of the log names its part and what it is about', () => {
  const entry = {
    level: 40,
    time: 0,
    part: 'xds',
    msg: 'Envoy rejected',
    proxy: 'web',
    reason: 'a "b" c',
  };
  expect(textLine(entry)).toBe(
    '1970-01-01T00:00:00.000Z [WARN]  xds: Envoy rejected: proxy=web reason="a \\"b\\" c"',
  );
});

test('of an error a line shows the message', () => {
  const err = { type: 'Error', message: 'the disk is full', stack: 'Error: …' };
  expect(textLine({ level: 50, time: 0, part: 'store', msg: 'lost', err })).toBe(
    '1970-01-01T00:00:00.000Z [ERROR] store: lost: err="the disk is full"',
  );
});

test('what a client names does not steer the terminal', () => {
  const proxy = '\u001b[2J\u009b\u202e\nlast';
  expect(textLine({ level: 30, time: 0, part: 'xds', msg: 'opened', proxy })).toBe(
    '1970-01-01T00:00:00.000Z [INFO]  xds: opened: proxy="\\u001b[2J\\u{9b}\\u{202e}\\nlast"',
  );
});

test('as JSON a line has the fields that collectors of Consul’s log know', () => {
  const entry = { level: 40, time: 0, part: 'xds', msg: 'Envoy rejected', proxy: 'web' };
  expect(JSON.parse(logLine(entry, 'json'))).toEqual({
    '@level': 'warn',
    '@timestamp': '1970-01-01T00:00:00.000Z',
    '@module': 'xds',
    '@message': 'Envoy rejected',
    proxy: 'web',
  });
  const { '@module': part } = JSON.parse(logLine({ level: 30, time: 0, msg: 'stopping' }, 'json'));
  expect(part).toBe('agent');
});

test('for several readers a line is made once in each form', () => {
  const field = { toJSON: vi.fn(() => 'shown') };
  const line = formedOnce({ level: 30, time: 0, msg: 'said', field });
  expect(line('text')).toBe(line('text'));
  expect(field.toJSON).toHaveBeenCalledTimes(1);
  expect(line('json')).toBe(line('json'));
  expect(field.toJSON).toHaveBeenCalledTimes(2);
});
