import { type Found, failed, ok } from './finding.ts';

/** A certificate that is valid from some time on. */
export interface Beginning {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
}

/** Whether the agent's clock has come to the beginning of every certificate that it serves. */
export function clockFindings(now: number, certificates: readonly Beginning[]): readonly Found[] {
  const early = certificates.filter(({ notBefore }) => notBefore > now);
  const [first] = early;
  const time = new Date(now).toISOString();
  if (first === undefined) return [ok('clock', `the agent's clock says ${time}`)];
  const begins = new Date(first.notBefore).toISOString();
  const message = `the agent's clock says ${time}, and the certificate of ${first.name} begins at ${begins}: proxies will refuse it`;
  return [failed('clock', message, 'set the clock of the machine, and keep it in time with NTP')];
}
