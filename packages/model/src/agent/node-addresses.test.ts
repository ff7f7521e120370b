import { describe, expect, test } from 'vitest';
import { decode, file, hostAddress, mistakes } from '../testing/agent-files.ts';
import type { HostAddress, HostFacts } from './host-facts.ts';

function machine(...addresses: readonly HostAddress[]): HostFacts {
  return { hostname: 'box', addresses };
}

function found(value: unknown, host: HostFacts) {
  const decoded = decode([file(value)], { host });
  return decoded.ok ? decoded.value : undefined;
}

describe('an agent that is bound to every address', () => {
  test.for([
    ['10.9.8.7', true],
    ['100.64.0.1', true],
    ['172.31.255.1', true],
    ['192.168.0.1', true],
    ['192.0.2.2', true],
    ['169.254.1.1', true],
    ['172.32.0.1', false],
    ['100.128.0.1', false],
    ['8.8.8.8', false],
  ] as const)('is found at %s of its machine: %s', ([address, isTaken]) => {
    const host = machine(hostAddress(address), hostAddress('fd00::2'));
    expect(found({}, host)?.advertiseAddress).toBe(isTaken ? address : undefined);
  });

  test('is refused where only a person can tell which address others reach', () => {
    const several = [hostAddress('10.0.0.1'), hostAddress('172.17.0.1', { interface: 'docker0' })];
    expect(mistakes([], machine(...several))).toEqual([
      'bind_addr is 0.0.0.0, and this machine has several private addresses (eth0 10.0.0.1, docker0 172.17.0.1): say with advertise_addr which one others reach it at',
    ]);
    expect(mistakes([], machine(hostAddress('8.8.8.8')))).toEqual([
      'bind_addr is 0.0.0.0, and this machine has no private address (eth0 8.8.8.8): say with advertise_addr which one others reach it at',
    ]);
    const config = found({ advertise_addr: '172.17.0.1' }, machine(...several));
    expect(config?.advertiseAddress).toBe('172.17.0.1');
  });

  test('is found at the loopback of a machine that has nothing else', () => {
    expect(found({}, machine())?.advertiseAddress).toBe('127.0.0.1');
    expect(found({ bind_addr: '::' }, machine())?.advertiseAddress).toBe('::1');
  });

  test('looks for an address of the same family', () => {
    const host = machine(hostAddress('10.0.0.1'), hostAddress('fd00::2'));
    expect(found({ bind_addr: '::' }, host)?.advertiseAddress).toBe('fd00::2');
  });
});

test('the node has its addresses by what they are for, and more where a file says so', () => {
  const value = {
    bind_addr: '10.0.0.1',
    advertise_addr_wan: '2001:db8::1',
    advertise_addr_ipv6: 'fd00::2',
    tagged_addresses: { lan: '9.9.9.9', rack: '10.200.0.1' },
  };
  expect(found(value, machine())?.taggedAddresses).toEqual({
    lan: '10.0.0.1',
    lan_ipv4: '10.0.0.1',
    lan_ipv6: 'fd00::2',
    wan: '2001:db8::1',
    wan_ipv6: '2001:db8::1',
    rack: '10.200.0.1',
  });
});

test('each interface listens where it is told to, else where client_addr says', () => {
  const value = {
    client_addr: '127.0.0.1 {{ GetInterfaceIP "eth0" }}',
    addresses: { grpc: '127.0.0.2 unix:///run/xds.sock' },
  };
  expect(found(value, machine(hostAddress('10.0.0.1')))?.listen).toEqual({
    http: [
      { kind: 'tcp', host: '127.0.0.1' },
      { kind: 'tcp', host: '10.0.0.1' },
    ],
    grpc: [
      { kind: 'tcp', host: '127.0.0.2' },
      { kind: 'unix', path: '/run/xds.sock' },
    ],
  });
});

describe('templates', () => {
  const host = machine(
    hostAddress('8.8.8.8', { interface: 'wan0' }),
    hostAddress('10.0.0.1'),
    hostAddress('10.1.0.1', { prefixLength: 16 }),
    hostAddress('169.254.0.9'),
    hostAddress('192.168.7.7', { interface: 'lan0', prefixLength: 28, isDefaultRoute: true }),
  );

  test.for([
    ['{{ GetPrivateIP }}', '192.168.7.7'],
    ['{{GetPublicIP}}', '8.8.8.8'],
    ['{{ GetInterfaceIP "eth0" }}', '10.1.0.1'],
  ])('%s stands for %s: the default route first, then the larger network', ([text, address]) => {
    expect(found({ bind_addr: text }, host)?.bindAddress).toBe(address);
  });

  test('those for several stand for all of them', () => {
    const config = found({ client_addr: '{{ GetPrivateIPs }}', bind_addr: '10.0.0.1' }, host);
    expect(config?.listen.http).toEqual(
      ['192.168.7.7', '10.1.0.1', '10.0.0.1'].map((each) => ({ kind: 'tcp', host: each })),
    );
  });

  test.for([
    [
      'bind_addr',
      '{{ GetAllInterfaces | attr "address" }}',
      '{{ GetAllInterfaces | attr "address" }} is not understood: templates here are GetPrivateIP, GetPrivateIPs, GetPublicIP, GetPublicIPs, GetInterfaceIP "eth0" and GetInterfaceIPs "eth0"; or write the address itself',
    ],
    [
      'client_addr',
      '{{ GetInterfaceIP "eth9" }}',
      '{{ GetInterfaceIP "eth9" }} finds no address on this machine (eth0 10.0.0.1): write the address itself',
    ],
    [
      'bind_addr',
      '{{ GetPrivateIPs }} 127.0.0.1',
      'expected one address, found "10.0.0.1 127.0.0.1"',
    ],
  ] as const)('%s = %s is refused', ([key, text, message]) => {
    const value = { bind_addr: '127.0.0.1', [key]: text };
    expect(mistakes([file(value)], machine(hostAddress('10.0.0.1')))).toContain(
      `a.hcl: ${key}: ${message}`,
    );
  });

  test('of several files only the one that counts is replaced', () => {
    const sources = [
      file({ bind_addr: '{{ GetInterfaceIP "gone" }}' }),
      file({ bind_addr: '10.0.0.1' }, 'b.hcl'),
    ];
    expect(mistakes(sources, machine())).toEqual([]);
  });
});
