import { type Decoder, describe, text } from './primitives.ts';
import { report } from './scope.ts';

/** Whether a text is an IP address, which is all that Envoy takes for a listener or an endpoint. */
export function isIpAddress(text: string): boolean {
  const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
  if (new RegExp(`^${byte}(?:\\.${byte}){3}$`).test(text)) return true;
  return /^[\da-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`);
}

/** An IP address, or an empty text for none. */
export const ipAddress: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || found === '' || isIpAddress(found)) return found;
  return report(scope, `expected an IP address such as "127.0.0.1", found ${describe(found)}`);
};
