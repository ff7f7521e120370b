/** What stands in place of a private key. */
const instead = '[private key]';

const privateKey = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\s\S]*?(-----END \1PRIVATE KEY-----|$)/g;

/** A text without the private keys in it, whole or cut off: Envoy may repeat all of a configuration that it refuses. */
export function withoutPrivateKeys(text: string): string {
  return text.includes('PRIVATE KEY-----') ? text.replace(privateKey, instead) : text;
}
