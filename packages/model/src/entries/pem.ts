/** A block of PEM: what it says it is, and how many bytes it holds. */
export interface PemBlock {
  readonly kind: string;
  readonly bytes: number;
}

const block =
  /^-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\r?\n([A-Za-z0-9+/=\s]*?)^-----END \1-----[ \t]*$/gm;

/** The blocks of a text in PEM that are whole; what stands around them is passed over. */
export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(block)].flatMap(([, kind = '', body = '']) => {
    const digits = body.replaceAll(/\s/g, '');
    const isWhole = digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
    return isWhole ? [{ kind, bytes: Math.floor((digits.replace(/=+$/, '').length * 3) / 4) }] : [];
  });
}
