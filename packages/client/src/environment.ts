import { defaultAddress, parseAddress } from './address.ts';
import { parseBoolean } from './boolean.ts';
import type { ConnectionOptions } from './connection.ts';
import { systemReason } from './system-reason.ts';
import type { TlsOptions } from './transport.ts';

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

/** Options, or what is wrong with a variable, whose name begins the message. */
export type ResolvedOptions =
  | { readonly ok: true; readonly options: ConnectionOptions }
  | { readonly ok: false; readonly message: string; readonly variable: keyof ClientEnvironment };

/** Turns the environment into connection options. Flags are variables that were set last. */
export function connectionFromEnvironment(
  environment: ClientEnvironment,
  read: FileReader,
): ResolvedOptions {
  const ssl = booleanOr(false, environment.CONSUL_HTTP_SSL);
  const verify = booleanOr(true, environment.CONSUL_HTTP_SSL_VERIFY);
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
  const files = variableFiles(environment, read);
  const token = tokenFrom(environment, files);
  const tls = tlsFrom(environment, verify, files);
  const [unreadable] = files.refusals;
  if (unreadable !== undefined) return unreadable;
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

type FileVariable =
  | 'CONSUL_HTTP_TOKEN_FILE'
  | 'CONSUL_CACERT'
  | 'CONSUL_CAPATH'
  | 'CONSUL_CLIENT_CERT'
  | 'CONSUL_CLIENT_KEY';

/** The files that variables name; what cannot be read is refused by the name of its variable. */
interface VariableFiles {
  readonly refusals: readonly (ResolvedOptions & { ok: false })[];
  file(variable: FileVariable): string | undefined;
  folder(variable: FileVariable): readonly string[] | undefined;
}

function variableFiles(environment: ClientEnvironment, read: FileReader): VariableFiles {
  const refusals: (ResolvedOptions & { ok: false })[] = [];
  const open = <T>(variable: FileVariable, from: (path: string) => T): T | undefined => {
    const path = environment[variable];
    if (!path) return undefined;
    try {
      return from(path);
    } catch (error) {
      const message = `${variable} names ${path}, which cannot be read: ${systemReason(error)}`;
      refusals.push({ ok: false, message, variable });
      return undefined;
    }
  };
  return {
    refusals,
    file: (variable) => open(variable, (path) => read.file(path)),
    folder: (variable) =>
      open(variable, (path) => read.folder(path).map((each) => read.file(each))),
  };
}

/** A token given as such wins over a file that holds one. */
function tokenFrom(environment: ClientEnvironment, files: VariableFiles): string {
  return environment.CONSUL_HTTP_TOKEN || (files.file('CONSUL_HTTP_TOKEN_FILE') ?? '').trim();
}

function tlsFrom(
  environment: ClientEnvironment,
  verify: boolean,
  files: VariableFiles,
): TlsOptions | undefined {
  const ca = authorities(files);
  const cert = files.file('CONSUL_CLIENT_CERT');
  const key = files.file('CONSUL_CLIENT_KEY');
  const tls: TlsOptions = {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(environment.CONSUL_TLS_SERVER_NAME && { serverName: environment.CONSUL_TLS_SERVER_NAME }),
    ...(!verify && { verify }),
  };
  return Object.keys(tls).length === 0 ? undefined : tls;
}

function authorities(files: VariableFiles): readonly string[] | undefined {
  const file = files.file('CONSUL_CACERT');
  return file === undefined ? files.folder('CONSUL_CAPATH') : [file];
}

function booleanOr(unset: boolean, text: string | undefined): boolean | undefined {
  return text === undefined || text === '' ? unset : parseBoolean(text);
}

function refused(
  variable: keyof ClientEnvironment,
  value: string | undefined,
  wanted: string,
): ResolvedOptions {
  return { ok: false, message: `${variable} is "${value ?? ''}"; it must be ${wanted}`, variable };
}
