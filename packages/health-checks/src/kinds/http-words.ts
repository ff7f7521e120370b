import { dialWords } from '../words/dial-words.ts';
import { faultOf } from '../words/system-words.ts';
import { isNoTls, tlsWords } from '../words/tls-words.ts';

/** Why a request had no answer, in the words that Consul prints after the URL. */
export function httpWords(error: unknown, url: string): string {
  const fault = faultOf(error);
  const { code = '' } = fault;
  if (fault.syscall === 'connect' || fault.syscall === 'getaddrinfo') {
    return dialWords(error, addressOf(url));
  }
  if (code === 'ECONNRESET') return 'EOF';
  if (code.startsWith('HPE_')) {
    return `net/http: HTTP/1.x transport connection broken: malformed HTTP response (${fault.message})`;
  }
  if (isNoTls(error)) return 'http: server gave HTTP response to HTTPS client';
  return tlsWords(error) ?? fault.message;
}

function addressOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
