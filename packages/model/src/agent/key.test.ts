import { expect, test } from 'vitest';
import { decode, file, mistakes, warnings } from '../testing/agent-files.ts';

test('what Consul knows and has no effect here is a warning, never silence', () => {
  const value = {
    server: false,
    encrypt: 'pUqJrVyVRj5jsiYEkM/tFQYfWyJIv4s3XkvDwy7Cu5s=',
    ui_config: { enabled: true },
    ports: { dns: 8600, serf_wan: -1 },
    performance: { raft_multiplier: 1, leave_drain_time: '5s' },
    disable_update_check: true,
  };
  expect(mistakes([file(value)])).toEqual([]);
  expect(warnings([file(value)])).toEqual([
    'a.hcl: server: server has no effect: an agent here is always a whole one, as a server of Consul is',
    'a.hcl: encrypt: encrypt has no effect: there is no gossip between agents',
    'a.hcl: ui_config: ui_config has no effect: there is no web interface',
    'a.hcl: ports.dns: dns has no effect: there is no DNS interface yet',
    'a.hcl: performance: performance has no effect: there is no Raft: the state is in one agent',
  ]);
});

test('what is as it is here anyway, or says nothing, is no cause for a warning', () => {
  const value = {
    server: true,
    bootstrap: true,
    bootstrap_expect: 1,
    primary_datacenter: 'dc1',
    enable_central_service_config: true,
    skip_leave_on_interrupt: true,
    ports: { dns: -1, https: -1, grpc_tls: -1 },
    acl: { enabled: false },
    connect: { enabled: true, ca_provider: 'consul' },
    tls: {},
    retry_join: [],
    ui: false,
  };
  expect(decode([file(value)])).toMatchObject({ ok: true, warnings: [] });
});

test('a key that a block without effect cannot have is refused all the same', () => {
  expect(mistakes([file({ performance: { raft_multiplyer: 1 } })])).toEqual([
    'a.hcl: performance.raft_multiplyer: unknown key "raft_multiplyer"',
  ]);
});
