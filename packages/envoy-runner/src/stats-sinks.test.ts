import { expect, test } from 'vitest';
import { statsSinks } from './stats-sinks.ts';

const hostIp = '$' + '{HOST_IP}';
const environment = { STATSD: 'udp://10.0.0.9:8125', HOST_IP: '10.0.0.7' };
const config = { statsTags: [] };

test.for([
  ['udp://127.0.0.1:8125', '127.0.0.1', 8125],
  ['udp://[::1]:8125', '::1', 8125],
  ['$STATSD', '10.0.0.9', 8125],
  [`udp://${hostIp}:9125`, '10.0.0.7', 9125],
] as const)('%s is where statistics go', ([statsdUrl, address, port]) => {
  expect(statsSinks({ ...config, statsdUrl }, environment)).toMatchObject({
    ok: true,
    value: [
      {
        name: 'envoy.stat_sinks.statsd',
        typed_config: { address: { socket_address: { address, port_value: port } } },
      },
    ],
  });
});

test('dogstatsd may listen on a socket', () => {
  expect(statsSinks({ ...config, dogstatsdUrl: 'unix:///run/d.sock' }, {})).toMatchObject({
    ok: true,
    value: [{ typed_config: { address: { pipe: { path: '/run/d.sock' } } } }],
  });
});

test.for([
  ['$NOT_SET', 'the environment variable NOT_SET that it names is not set'],
  [`udp://${hostIp}:1`, 'the environment variable HOST_IP that it names is not set'],
  ['unix:///run/s.sock', '"unix:///run/s.sock" is not an address such as udp://IP:PORT'],
  ['udp://statsd:8125', '"statsd:8125" names a host, but Envoy wants an IP address here'],
  ['udp://127.0.0.1', '"127.0.0.1" is not an address such as 127.0.0.1:9102'],
] as const)('%s is refused with the reason', ([statsdUrl, message]) => {
  expect(statsSinks({ ...config, statsdUrl }, {})).toEqual({
    ok: false,
    issues: [{ path: ['proxy', 'config', 'envoy_statsd_url'], message }],
  });
});
