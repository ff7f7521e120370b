import { create } from '@bufbuild/protobuf';
import { type Address, AddressSchema } from '@chancery/envoy-api/envoy/config/core/v3/address';

/** A TCP address. */
export function socketAddress(address: string, port: number): Address {
  const portSpecifier = { case: 'portValue', value: port } as const;
  return create(AddressSchema, {
    address: { case: 'socketAddress', value: { address, portSpecifier } },
  });
}

/** A Unix socket; the mode is that of a socket which Envoy creates. */
export function pipe(path: string, mode = 0): Address {
  return create(AddressSchema, { address: { case: 'pipe', value: { path, mode } } });
}

/** Whether a text is an IP address, which is all that Envoy takes for an endpoint. */
export function isIpAddress(text: string): boolean {
  const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
  if (new RegExp(`^${byte}(?:\\.${byte}){3}$`).test(text)) return true;
  return /^[\da-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`);
}
