/** Bytes as certificates are quoted in Consul's API: `01:0c`. */
export function colonHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** A serial number in that spelling, in as many bytes as it needs. */
export function serialHex(serial: number): string {
  return colonHex(Buffer.from(evenHex(serial), 'hex'));
}

/** Hexadecimal digits in whole bytes. */
export function evenHex(serial: number): string {
  const digits = serial.toString(16);
  return digits.padStart(digits.length + (digits.length % 2), '0');
}
