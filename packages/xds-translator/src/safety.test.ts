import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@bufbuild/protobuf';
import { serviceRef, serviceSpiffeId } from '@chancery/identity';
import { decide, type Intention, rulesFor } from '@chancery/intentions';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intentionsFilter } from './resource-names.ts';
import { compiledCase } from './testing/compiled-case.ts';
import { letsThrough } from './testing/evaluate-rbac.ts';
import { readCase, trustDomain } from './testing/golden-case.ts';
import { inboundChains } from './testing/inbound-chains.ts';
import { readableOf } from './testing/readable.ts';
import { createTranslator } from './translator.ts';

const testdata = join(import.meta.dirname, '../testdata');
const cases = readdirSync(testdata).map((name) => {
  const snapshot = readCase(readFileSync(join(testdata, name, 'snapshot.yaml'), 'utf8'));
  return { name, snapshot, compiled: createTranslator().compile(snapshot) };
});

const spiffeId = (name: string, datacenter = 'dc1', domain = trustDomain) =>
  serviceSpiffeId(domain, serviceRef(name), datacenter);

describe.for(cases)('in the case $name', ({ snapshot, compiled }) => {
  const upstreams = snapshot.upstreams.map(({ upstream }) => upstream.destinationName);

  test('every way in requires a certificate of the mesh, and asks the intentions first', () => {
    const chains = inboundChains(compiled, upstreams);
    expect(chains).not.toEqual([]);
    for (const chain of chains) {
      expect(chain).toMatchObject({
        transport_socket: {
          typed_config: {
            '@type': expect.stringContaining('.DownstreamTlsContext'),
            require_client_certificate: true,
            common_tls_context: {
              tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
              validation_context_sds_secret_config: { name: `roots/${trustDomain}` },
            },
          },
        },
      });
      const [first] = chain['filters'] as JsonObject[];
      expect(first).toMatchObject({ name: intentionsFilter });
      expect(first).toHaveProperty('config_discovery.config_source.ads');
      expect(first).not.toHaveProperty('config_discovery.default_config');
    }
  });

  test('every cluster of an upstream that reaches anybody trusts exactly one identity', () => {
    const clusters = readableOf(compiled, 'Cluster').filter(
      ({ name, type, load_assignment: own }) =>
        !['local_app', 'own_app'].includes(`${name}`) && (type === 'EDS' || own),
    );
    for (const cluster of clusters) {
      expect(cluster).toHaveProperty(
        'transport_socket.typed_config.common_tls_context.combined_validation_context.default_validation_context.match_typed_subject_alt_names',
        [{ san_type: 'URI', matcher: { exact: expect.stringMatching(/^spiffe:.*\/svc\/\w+$/) } }],
      );
      expect(cluster).not.toHaveProperty('transport_socket_matches');
    }
  });
});

describe('intentions that cannot be compiled', () => {
  const web = { service: 'web', upstreams: [{ destinationName: 'db', localBindPort: 9191 }] };
  const compiled = compiledCase(web, {
    compilePolicy: () => {
      throw new Error('out of luck');
    },
  });

  test('let nobody through', () => {
    expect(letsThrough(compiled, spiffeId('api'))).toBe(false);
    expect(letsThrough(compiled, spiffeId('web'))).toBe(false);
  });

  test('are told, and harm nothing else of the proxy', () => {
    expect(compiled.diagnostics).toEqual([
      {
        code: 'intentions-not-compiled',
        resource: intentionsFilter,
        message:
          'the intentions for web cannot be compiled, so every connection is denied: out of luck',
      },
    ]);
    const intact = compiledCase(web).resources.filter(({ name }) => name !== intentionsFilter);
    expect(compiled.resources).toEqual(expect.arrayContaining([...intact]));
  });

  test('are also those in which one policy would take the place of another', () => {
    const policy = { name: 'web => db', source: 'web', except: [] };
    const twice = compiledCase(
      { service: 'db' },
      { compilePolicy: () => ({ action: 'deny', policies: [policy, { ...policy, source: 'b' }] }) },
    );
    expect(letsThrough(twice, spiffeId('api'))).toBe(false);
    expect(twice.diagnostics).toHaveLength(1);
  });
});

describe('the intentions filter', () => {
  const denies = (source: string) =>
    compiledCase({ service: 'db', intentions: [{ source, destination: 'db', action: 'deny' }] });

  test.for([
    ['a.b', 'axb'],
    ['a|b', 'b'],
    ['web', 'webx'],
    ['web', 'xweb'],
    ['.*', 'web'],
  ])('takes %s for a name, not for a pattern that matches %s', ([named = '', other = '']) => {
    expect(letsThrough(denies(named), spiffeId(named))).toBe(false);
    expect(letsThrough(denies(named), spiffeId(other))).toBe(true);
  });

  test('knows a source in every datacenter, and only in its own trust domain', () => {
    expect(letsThrough(denies('web'), spiffeId('web', 'dc2'))).toBe(false);
    const allowed = compiledCase({
      service: 'db',
      defaultAction: 'deny',
      intentions: [{ source: '*', destination: 'db', action: 'allow' }],
    });
    expect(letsThrough(allowed, spiffeId('web'))).toBe(true);
    const stranger = spiffeId('web', 'dc1', trustDomain.replace('.', 'x'));
    expect(letsThrough(allowed, stranger)).toBe(false);
  });

  test('says what decide says', () => {
    const names = fc.constantFrom('web', 'api', 'a.b', 'axb', 'a+', '(a|b)', 'web => db', '"');
    const action = fc.constantFrom('allow', 'deny') satisfies fc.Arbitrary<Intention['action']>;
    const intention: fc.Arbitrary<Intention> = fc.record({
      source: fc.oneof({ weight: 3, arbitrary: names }, { weight: 1, arbitrary: fc.constant('*') }),
      destination: fc.constantFrom('db', '*', 'cache'),
      action,
    });
    fc.assert(
      fc.property(fc.array(intention, { maxLength: 8 }), action, names, (intentions, by, peer) => {
        const compiled = compiledCase({ service: 'db', defaultAction: by, intentions });
        const { allowed } = decide(rulesFor('db', intentions, by), peer);
        expect(letsThrough(compiled, spiffeId(peer))).toBe(allowed);
      }),
    );
  });
});
