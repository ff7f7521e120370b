import {
  type Decoded,
  decodeProxyConfig,
  decodeUpstreamConfig,
  type JsonObject,
  type ProxyConfig,
  type UpstreamConfig,
} from '@chancery/model';

/** `decodeProxyConfig`, once for each object: rows are immutable and shared. */
export const proxyConfig: (config: JsonObject) => Decoded<ProxyConfig> = once(decodeProxyConfig);

/** `decodeUpstreamConfig`, once for each object. */
export const upstreamConfig: (config: JsonObject) => Decoded<UpstreamConfig> =
  once(decodeUpstreamConfig);

function once<T>(decode: (config: JsonObject) => T): (config: JsonObject) => T {
  const results = new WeakMap<JsonObject, T>();
  return (config) => {
    const known = results.get(config);
    if (known !== undefined) return known;
    const result = decode(config);
    results.set(config, result);
    return result;
  };
}
