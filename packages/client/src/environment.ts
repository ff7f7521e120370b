import { defaultAddress, parseAddress } from './address.ts';
import type { ConnectionOptions, TlsOptions } from './connection.ts';

/** The environment variables that say how to reach an agent: Consul's, with Consul's meaning. */
export interface ClientEnvironment {
  readonly CONSUL_HTTP_ADDR?: string | undefined;
  readonly CONSUL_HTTP_TOKEN?: string | undefined;
  readonly CONSUL_HTTP_TOKEN_FILE?: string | undefined;
  readonly CONSUL_HTTP_AUTH?: string | undefined;
  readonly CONSUL_HTTP_SSL?: string | undefined;
  readonly CONSUL_HTTP_SSL_VERIFY?: string | undefined;
  readonly CONSUL_CACERT?: string | undefined;
  readonly CONSUL_CAPATH?: string | undefined;
  readonly CONSUL_CLIENT_CERT?: string | undefined;
  readonly CONSUL_CLIENT_KEY?: string | undefined;
  readonly CONSUL_TLS_SERVER_NAME?: string | undefined;
}

/** Reads files; a file that cannot be read is thrown by it. */
export interface FileReader {
  file(path: string): string;
  /** The paths of the files in a folder. */
  folder(path: string): readonly string[];
}

/** Options, or what is wrong with the variable that is named. */
export type ResolvedOptions =
  | { readonly ok: true; readonly options: ConnectionOptions }
  | { readonly ok: false; readonly message: string };

/** Turns the environment into connection options. Flags are variables that were set last. */
export function connectionFromEnvironment(
  environment: ClientEnvironment,
  read: FileReader,
): ResolvedOptions {
  const ssl = parseBoolean(environment.CONSUL_HTTP_SSL, false);
  const verify = parseBoolean(environment.CONSUL_HTTP_SSL_VERIFY, true);
  if (ssl === undefined)
    return refused('CONSUL_HTTP_SSL', environment.CONSUL_HTTP_SSL, 'true or false');
  if (verify === undefined) {
    return refused('CONSUL_HTTP_SSL_VERIFY', environment.CONSUL_HTTP_SSL_VERIFY, 'true or false');
  }
  const text = environment.CONSUL_HTTP_ADDR || defaultAddress;
  const address = parseAddress(text, ssl);
  if (address === undefined) {
    return refused('CONSUL_HTTP_ADDR', text, 'host:port, http://…, https://… or unix:///path');
  }
  const token = tokenFrom(environment, read);
  const tls = tlsFrom(environment, verify, read);
  return {
    ok: true,
    options: {
      address,
      ...(token !== '' && { token }),
      ...(environment.CONSUL_HTTP_AUTH && { basicAuth: environment.CONSUL_HTTP_AUTH }),
      ...(tls && { tls }),
    },
  };
}

/** A token given as such wins over a file that holds one. */
function tokenFrom(environment: ClientEnvironment, read: FileReader): string {
  if (environment.CONSUL_HTTP_TOKEN) return environment.CONSUL_HTTP_TOKEN;
  const path = environment.CONSUL_HTTP_TOKEN_FILE;
  return path ? read.file(path).trim() : '';
}

function tlsFrom(
  environment: ClientEnvironment,
  verify: boolean,
  read: FileReader,
): TlsOptions | undefined {
  const { CONSUL_CLIENT_CERT: cert, CONSUL_CLIENT_KEY: key } = environment;
  const ca = authorities(environment, read);
  const tls: TlsOptions = {
    ...(ca && { ca }),
    ...(cert && { cert: read.file(cert) }),
    ...(key && { key: read.file(key) }),
    ...(environment.CONSUL_TLS_SERVER_NAME && { serverName: environment.CONSUL_TLS_SERVER_NAME }),
    ...(!verify && { verify }),
  };
  return Object.keys(tls).length === 0 ? undefined : tls;
}

function authorities(
  environment: ClientEnvironment,
  read: FileReader,
): readonly string[] | undefined {
  const { CONSUL_CACERT: file, CONSUL_CAPATH: folder } = environment;
  if (file) return [read.file(file)];
  return folder ? read.folder(folder).map((path) => read.file(path)) : undefined;
}

/** The spellings of Go's strconv.ParseBool. */
function parseBoolean(text: string | undefined, unset: boolean): boolean | undefined {
  if (text === undefined || text === '') return unset;
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  return undefined;
}

function refused(name: string, value: string | undefined, wanted: string): ResolvedOptions {
  return { ok: false, message: `${name} is "${value ?? ''}"; it must be ${wanted}` };
}
