import type { BootstrapConfig, Decoded, JsonObject, Path } from '@chancery/model';
import { envoyAddress, parseIpPort, refused, type SocketAddress } from './socket-address.ts';

/** The one name that may stand inside an address; a literal to find, not a template. */
const hostIpName = '$' + '{HOST_IP}';

type Environment = Readonly<Record<string, string | undefined>>;

interface Sink {
  readonly key: string;
  readonly url: string | undefined;
  readonly name: string;
  readonly type: string;
  readonly schemes: readonly string[];
}

/** The sinks that `envoy_statsd_url` and `envoy_dogstatsd_url` ask for. */
export function statsSinks(
  config: BootstrapConfig,
  environment: Environment,
): Decoded<readonly JsonObject[]> {
  const sinks: JsonObject[] = [];
  for (const sink of declaredSinks(config)) {
    if (sink.url === undefined) continue;
    const path = ['proxy', 'config', sink.key];
    const address = sinkAddress(sink, sink.url, environment, path);
    if (!address.ok) return address;
    sinks.push({
      name: sink.name,
      typed_config: {
        '@type': `type.googleapis.com/${sink.type}`,
        address: envoyAddress(address.value),
      },
    });
  }
  return { ok: true, value: sinks };
}

function declaredSinks(config: BootstrapConfig): readonly Sink[] {
  return [
    {
      key: 'envoy_statsd_url',
      url: config.statsdUrl,
      name: 'envoy.stat_sinks.statsd',
      type: 'envoy.config.metrics.v3.StatsdSink',
      schemes: ['udp'],
    },
    {
      key: 'envoy_dogstatsd_url',
      url: config.dogstatsdUrl,
      name: 'envoy.stat_sinks.dog_statsd',
      type: 'envoy.config.metrics.v3.DogStatsdSink',
      schemes: ['udp', 'unix'],
    },
  ];
}

function sinkAddress(
  sink: Sink,
  declared: string,
  environment: Environment,
  path: Path,
): Decoded<SocketAddress> {
  const expanded = expand(declared, environment, path);
  if (!expanded.ok) return expanded;
  const match = /^([a-z]+):\/\/(.+)$/.exec(expanded.value);
  const scheme = match?.[1] ?? '';
  const rest = match?.[2] ?? '';
  if (!sink.schemes.includes(scheme)) {
    const ways = sink.schemes.map((each) => (each === 'udp' ? 'udp://IP:PORT' : 'unix:///PATH'));
    return refused(path, `"${expanded.value}" is not an address such as ${ways.join(' or ')}`);
  }
  return scheme === 'unix'
    ? { ok: true, value: { kind: 'pipe', path: rest } }
    : parseIpPort(rest, path);
}

/** `$NAME` stands for a whole address from the environment, `HOST_IP` in braces for the host's part of one. */
function expand(declared: string, environment: Environment, path: Path): Decoded<string> {
  const name = /^\$([A-Za-z_]\w*)$/.exec(declared)?.[1];
  const text = name === undefined ? declared : environment[name];
  if (text === undefined || text === '') {
    return refused(path, `the environment variable ${name ?? ''} that it names is not set`);
  }
  const { HOST_IP: hostIp = '' } = environment;
  if (text.includes(hostIpName) && hostIp === '') {
    return refused(path, 'the environment variable HOST_IP that it names is not set');
  }
  return { ok: true, value: text.replaceAll(hostIpName, hostIp) };
}
