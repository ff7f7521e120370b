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
