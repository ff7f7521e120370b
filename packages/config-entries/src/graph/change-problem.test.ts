import { expect, test } from 'vitest';
import { openIntentionsLab } from '../testing/intentions-lab.ts';

const defaults = (name: string, protocol: string) => ({ kind: 'service-defaults', name, protocol });
const splitter = (name: string, ...services: readonly string[]) => ({
  kind: 'service-splitter',
  name,
  splits: services.map((service) => ({ weight: 100 / services.length, service })),
});
const redirect = (name: string, service: string) => ({
  kind: 'service-resolver',
  name,
  redirect: { service },
});
const listener = (name: string, protocol: string, service: string) => ({
  kind: 'ingress-gateway',
  name,
  listeners: [{ port: 8080, protocol, services: [{ name: service }] }],
});
const everything = { kind: 'proxy-defaults', name: 'global', config: { protocol: 'http' } };

/** Each write, and what came of it: what a real Consul says is in the recorded sequences of the HTTP API. */
async function told(...writes: readonly (object | string)[]): Promise<readonly string[]> {
  const lab = await openIntentionsLab();
  const answers: string[] = [];
  for (const write of writes) {
    answers.push(typeof write === 'string' ? await lab.remove(write) : await lab.write(write));
  }
  return answers;
}

test('of several chains that a change would spoil the own one is told, else the first by name', async () => {
  const answers = await told(
    everything,
    splitter('a', 'a', 'b'),
    splitter('z', 'z', 'a'),
    splitter('b', 'b', 'a'),
    redirect('m', 'c'),
    redirect('l', 'c'),
    defaults('c', 'grpc'),
  );
  expect(answers).toEqual([
    'fine',
    'fine',
    'fine',
    'detected circular reference: [splitter:b.default.default -> splitter:a.default.default -> splitter:b.default.default]',
    'fine',
    'fine',
    'discovery chain "l" uses inconsistent protocols; service "c" has "grpc" which is not "http"',
  ]);
});

test('a change is felt where only a long way leads to it', async () => {
  const answers = await told(
    everything,
    splitter('first', 'own', 'second'),
    splitter('second', 'third'),
    splitter('third', 'fourth'),
    // All that the two in the middle reach speaks one protocol before and after.
    defaults('fourth', 'grpc'),
    'service-splitter/second',
    defaults('fourth', 'grpc'),
  );
  expect(answers).toEqual([
    'fine',
    'fine',
    'fine',
    'fine',
    'discovery chain "first" uses inconsistent protocols; service "fourth" has "grpc" which is not "http"',
    'fine',
    'fine',
  ]);
});

test('many ways to one splitter are walked once', async () => {
  const lab = await openIntentionsLab();
  await lab.write(everything);
  for (let at = 0; at < 40; at += 1) {
    const below = [`s${at + 1}`, `t${at + 1}`];
    expect(await lab.write(splitter(`s${at}`, ...below))).toBe('fine');
    expect(await lab.write(splitter(`t${at}`, ...below))).toBe('fine');
  }
  expect(await lab.write(defaults('s40', 'grpc'))).toMatch(/^discovery chain "s0" uses/);
});

test('proxy-defaults may not go while a listener counts on them: Consul leaves it without a service', async () => {
  const answers = await told(
    everything,
    listener('ig', 'http', 'api'),
    'proxy-defaults/global',
    'ingress-gateway/ig',
    'proxy-defaults/global',
  );
  expect(answers).toEqual([
    'fine',
    'fine',
    'service "api" has protocol "tcp", which does not match defined listener protocol "http"',
    'fine',
    'fine',
  ]);
});

test('a service comes from TCP to HTTP before its gateway does', async () => {
  const answers = await told(
    listener('ig', 'tcp', 'api'),
    defaults('api', 'http'),
    listener('ig', 'http', 'api'),
  );
  expect(answers).toEqual(['fine', 'fine', 'fine']);
});

test('all providers that are missing are told, each once', async () => {
  const jwt = { providers: [{ name: 'okta' }, { name: 'other' }, { name: 'okta' }] };
  const sources = [{ name: 'web', action: 'allow' }];
  expect(await told({ kind: 'service-intentions', name: 'api', jwt, sources })).toEqual([
    '2 errors occurred:\n' +
      '\t* Referenced JWT Provider does not exist. Provider Name: okta\n' +
      '\t* Referenced JWT Provider does not exist. Provider Name: other\n\n',
  ]);
});
