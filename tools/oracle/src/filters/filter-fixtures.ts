/** What stands in the Consul that filters are asked of, as bodies of requests. */
export interface Fixture {
  readonly path: string;
  readonly body: unknown;
}

const fullService = {
  ID: 'web-a',
  Service: 'web',
  Port: 8080,
  Tags: ['v1', 'primary'],
  Meta: {
    k: 'v',
    'a-b': 'dash',
    A_: 'u',
    env: 'Prod',
    num: '10',
    half: '0.50',
    dotted: 'web.a',
    empty: '',
    '0': 'zero',
    lines: 'one\ntwo',
    quote: 'say "x" or `y`',
    accent: 'é',
    slash: 'a\\b',
  },
  Weights: { Passing: 1, Warning: 1 },
};

const proxy = {
  DestinationServiceName: 'web',
  DestinationServiceID: 'web-a',
  LocalServiceAddress: '127.0.0.1',
  LocalServicePort: 8080,
  Upstreams: [
    { DestinationName: 'db', DestinationType: 'service', LocalBindPort: 9191 },
    { DestinationName: 'cache', DestinationType: 'service', LocalBindPort: 9192 },
  ],
};

function node(name: string, last: number, rest: object): Fixture {
  const ID = `00000000-0000-4000-8000-00000000000${last}`;
  return {
    path: '/v1/catalog/register',
    body: { ID, Node: name, Address: `10.0.0.${last}`, ...rest },
  };
}

const intentions = {
  Kind: 'service-intentions',
  Name: 'db',
  Sources: [
    { Name: 'web', Action: 'allow', Description: 'why' },
    { Name: '*', Action: 'deny' },
  ],
  Meta: { 'odd key': 'o', 'a"b': 'q', 'x.y': 'd' },
};

/** Instances with everything and with nothing, on nodes with and without metadata; a proxy; intentions with odd keys. */
export const filterFixtures: readonly Fixture[] = [
  node('a', 1, {
    NodeMeta: { env: 'prod', n: '5' },
    TaggedAddresses: { lan: '10.0.0.1', wan: '192.0.2.1' },
    Service: fullService,
    Checks: [
      { CheckID: 'c1', Name: 'alive', Status: 'passing', ServiceID: 'web-a' },
      { CheckID: 'n1', Name: 'node', Status: 'warning', Notes: 'of the node' },
    ],
  }),
  node('b', 2, {
    Service: {
      ID: 'web-b',
      Service: 'web',
      Port: 8081,
      Address: '10.1.1.1',
      EnableTagOverride: true,
      TaggedAddresses: { lan: { Address: '10.2.3.4', Port: 99 } },
    },
  }),
  node('c', 3, {
    NodeMeta: { env: 'dev' },
    Service: {
      ID: 'web-c',
      Service: 'web',
      Port: 7,
      Tags: ['v2', 'V1', '5', 'true', 'not', 'a.b'],
      Meta: { k: 'w', b: 'true' },
      Connect: { Native: true },
    },
  }),
  node('d', 4, { Service: { ID: 'web-d', Service: 'web', Tags: [''] } }),
  node('a', 1, {
    SkipNodeUpdate: true,
    Service: {
      Kind: 'connect-proxy',
      ID: 'web-proxy',
      Service: 'web-proxy',
      Port: 21_000,
      Proxy: proxy,
    },
  }),
  { path: '/v1/config', body: intentions },
];
