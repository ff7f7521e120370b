/** One request of the script. */
export interface Step {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS';
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The transcript or client that this exchange was observed in. */
  readonly from: string;
  /** Only the shape of the body is compared: its figures are of this machine and moment. */
  readonly shapeOnly?: boolean;
}

/** What a request was answered with, without what is never the same twice. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value, or the text of everything else. */
  readonly body: unknown;
}

/** One command of the script. */
export interface CommandStep {
  readonly args: readonly string[];
  readonly from: string;
}

/** What a command printed and how it ended, without what is never the same twice. */
export interface Printed {
  readonly code: number | string;
  readonly lines: readonly string[];
}

/** How a step is named in recordings and on the page. */
export function stepTitle({ method, path, headers = {}, body }: Step): string {
  const sent = Object.entries(headers).map(([name, value]) => ` -H '${name}: ${value}'`);
  return `${method} ${path}${sent.join('')}${body === undefined ? '' : ` ${body}`}`;
}

/** How a command is named in recordings and on the page. */
export function commandTitle({ args }: CommandStep): string {
  return args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg}'`)).join(' ');
}
