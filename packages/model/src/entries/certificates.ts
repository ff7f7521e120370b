import { type Codec, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import type { EntryKind } from './entry-kind.ts';
import { checkEntryName } from './name-checks.ts';
import { pemBlocks } from './pem.ts';
import type { Tell } from './problem.ts';
import { always, shape } from './shape.ts';

/** A certificate for gateways, with its key, in PEM. */
export interface InlineCertificate extends EntryHead<'inline-certificate'> {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A certificate for gateways, with its key, by the paths of files where the gateway runs. */
export interface FileSystemCertificate extends EntryHead<'file-system-certificate'> {
  readonly certificate: string;
  readonly privateKey: string;
}

const inline: Codec<InlineCertificate> = shape<InlineCertificate>(
  {
    ...head('inline-certificate'),
    certificate: always(words, ''),
    privateKey: always(words, ''),
    meta,
  },
  entryFields,
);

const onDisk: Codec<FileSystemCertificate> = shape<FileSystemCertificate>(
  {
    ...head('file-system-certificate'),
    certificate: always(words, ''),
    privateKey: always(words, ''),
    meta,
  },
  entryFields,
);

/** Only the form of the PEM is looked at: whether the key is the certificate's is for what speaks cryptography. */
export const inlineCertificateKind: EntryKind<InlineCertificate> = {
  codec: inline,
  check: (entry, tell) => {
    checkEntryName(entry.name, tell);
    checkKey(entry.privateKey, tell);
    checkCertificate(entry.certificate, tell);
  },
};

/** All that is known of `file-system-certificate`. */
export const fileSystemCertificateKind: EntryKind<FileSystemCertificate> = {
  codec: onDisk,
  check: (entry, tell) => checkEntryName(entry.name, tell),
};

function checkKey(pem: string, tell: Tell): void {
  const kinds = pemBlocks(pem).map(({ kind }) => kind);
  if (kinds.length === 0) tell(['privateKey'], 'failed to parse private key PEM');
  else if (!kinds.some((kind) => kind === 'PRIVATE KEY' || kind.endsWith(' PRIVATE KEY'))) {
    const skipped = `after skipping PEM blocks of the following types: [${kinds.join(' ')}]`;
    const rule = `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input ${skipped}`;
    tell(['privateKey'], rule);
  }
}

function checkCertificate(pem: string, tell: Tell): void {
  const [first] = pemBlocks(pem);
  if (first === undefined) tell(['certificate'], 'failed to parse certificate PEM');
  else if (first.kind !== 'CERTIFICATE' || first.bytes < 64) {
    tell(['certificate'], 'failed to parse certificate: x509: malformed certificate');
  }
}
