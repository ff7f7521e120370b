import { type AgentConfig, decodeAgentConfig } from '@chancery/model';
import { expect, test } from 'vitest';
import { changedSettled } from './settled-settings.ts';

function config(value: object): AgentConfig {
  const host = { hostname: 'box' };
  const decoded = decodeAgentConfig([{ name: 'a.hcl', value }], { dev: false, host });
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues));
  return decoded.value;
}

test.for([
  [{}, []],
  [{ service: { name: 'web' }, check: { name: 'c', ttl: '1m' }, log_level: 'debug' }, []],
  [{ node_meta: { a: '1' }, http_config: { response_headers: { a: 'b' } } }, []],
  [{ limits: { http_max_conns_per_client: 1 } }, []],
  [{ ports: { http: 1 } }, ['ports']],
  [{ addresses: { http: '127.0.0.2' } }, ['client_addr or addresses']],
  [
    { bind_addr: '10.0.0.1' },
    ['bind_addr', 'advertise_addr', 'advertise_addr_wan or tagged_addresses'],
  ],
  [{ data_dir: '/x', datacenter: 'dc2' }, ['datacenter', 'data_dir']],
  [{ connect: { ca_config: { leaf_cert_ttl: '1h' } } }, ['connect.ca_config']],
  [
    { http_config: { max_header_bytes: 99 } },
    ['http_config.max_header_bytes or unix_sockets.mode'],
  ],
] as const)('with %j the keys that a reload does not apply are %j', ([file, keys]) => {
  expect(changedSettled(config({}), config(file))).toEqual(keys);
});
