/** One block of a PEM text. */
export interface PemBlock {
  /** What stands after BEGIN, such as `CERTIFICATE`. */
  readonly label: string;
  readonly der: Uint8Array;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g;

/**
 * The blocks of a PEM text in order. Line ends of any system, trailing blanks and text around the
 * blocks are passed over: people paste PEM, and mail programs touch it.
 */
export function parsePem(text: string): readonly PemBlock[] {
  return [...text.matchAll(BLOCK)].map(([, label = '', base64 = '']) => ({
    label,
    der: new Uint8Array(Buffer.from(base64, 'base64')),
  }));
}

/** A block as Consul and OpenSSL write it: 64 columns, one line end at the end. */
export function formatPem({ label, der }: PemBlock): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
