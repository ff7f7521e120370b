import type { Answer } from './exchange.ts';

/** Texts of one run that stand for the same thing in another, such as its ports, each with the word that takes its place. */
export type Stands = ReadonlyMap<string, string>;

/** What is never the same twice, in the order in which it is looked for. */
const volatile: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]+-----[\s\S]*?-----END [A-Z ]+-----\n?/g, '<pem>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uuid>'],
  [/\b(?:[0-9a-f]{2}:){7,}[0-9a-f]{2}\b/gi, '<fingerprint>'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| [+-]\d{4} UTC)/g, '<time>'],
  [/\b(port|wan_join_port|grpc_port)=\d+/g, '$1=<port>'],
  [/(leader +true +3 +)\d+/g, '$1<index>'],
  [/("(?:Create|Modify)Index": )\d+/g, '$1<index>'],
  [/rtt: \d\.\d+ ms/g, 'rtt: <time>'],
  [/to index \d+/g, 'to index <index>'],
  // Whether the first probe of a sidecar has been made by now is chance.
  [/^dial tcp 127\.0\.0\.1:210\d\d: connect: connection refused$/, ''],
  [/^(\S+ +)[0-9a-f]{8}(?= +127)/gm, '$1<short id>'],
  [/\w+day, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d UTC/g, '<time>'],
  // The ports of the walkthrough's own services and sidecars are below these.
  [/\b127\.0\.0\.1:(?:2[2-9]|[3-6]\d)\d{3}\b/g, '127.0.0.1:<port>'],
];

const headersKept = /^(?:allow|content-type|location|x-cache|x-consul-.*)$/;

/** Fields by name whose values are of one agent and one moment only. */
const fieldsOfTheMoment: Readonly<Record<string, string>> = {
  CreateIndex: '<index>',
  ModifyIndex: '<index>',
  Index: '<index>',
  LastIndex: '<index>',
  SerialNumber: '<serial>',
  ContentHash: '<hash>',
  Hash: '<hash>',
};

/** A value reduced to its shape: what a number or a text is does not matter, only that there is one. */
export function shapeOf(value: unknown): unknown {
  if (typeof value === 'number') return '<number>';
  if (typeof value === 'string') return '<text>';
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      // Which labels the first figure of a list has depends on what happened until then.
      name === 'Labels' ? '<labels>' : shapeOf(field),
    ]),
  );
}

/** An answer as it would be again tomorrow on another machine. */
export function normalisedAnswer({ status, headers, body }: Answer, stands: Stands): Answer {
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => headersKept.test(name))
        .map(([name, value]) => [name, headerValue(name, value, stands)]),
    ),
    body: normalisedValue(body, stands),
  };
}

function headerValue(name: string, value: string, stands: Stands): string {
  if (name === 'x-consul-index') return '<index>';
  if (name === 'x-consul-contenthash') return '<hash>';
  if (name === 'x-consul-lastcontact') return '<ms>';
  if (name === 'x-cache') return '<hit or miss>';
  return normalisedText(value, stands);
}

function normalisedValue(value: unknown, stands: Stands): unknown {
  if (typeof value === 'string') return normalisedText(value, stands);
  if (typeof value === 'number') return stands.get(String(value)) ?? value;
  if (Array.isArray(value))
    return value.map((entry) => normalisedValue(entry, stands)).sort(byCheck);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(withoutVirtual(value)).map(([name, field]) => [
      normalisedText(name, stands),
      (field && fieldsOfTheMoment[name]) ||
        (isFreePort(name, field) && '<port>') ||
        normalisedValue(field, stands),
    ]),
  );
}

/** A Consul tells its own agent of virtual addresses within a minute: that they are there is chance. */
function withoutVirtual(value: object): object {
  if (!('TaggedAddresses' in value) && !('ServiceTaggedAddresses' in value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => !isVirtual(field)));
}

function isVirtual(field: unknown): boolean {
  const names = typeof field === 'object' && field !== null ? Object.keys(field) : [];
  return names.length === 1 && names[0] === 'consul-virtual';
}

/** Checks come in no order; all else stays where it is. */
function byCheck(a: unknown, b: unknown): number {
  return checkId(a).localeCompare(checkId(b));
}

function checkId(value: unknown): string {
  const isCheck = typeof value === 'object' && value !== null && 'CheckID' in value;
  return isCheck ? String(value.CheckID) : '';
}

function isFreePort(name: string, field: unknown): boolean {
  return /port/i.test(name) && Number(field) >= 22_000;
}

/** A text without what is never the same twice. */
function normalisedText(text: string, stands: Stands): string {
  let plain = text;
  for (const [found, word] of stands) plain = plain.replaceAll(found, word);
  for (const [pattern, word] of volatile) plain = plain.replace(pattern, word);
  return plain;
}

/** A line of `info`. */
const figure = /^(\t\w+) = \d+$/;

/** The lines of a command. How wide a column is depends on what stands in it. */
export function normalisedLines(output: string, stands: Stands): readonly string[] {
  return normalisedText(output, stands)
    .split('\n')
    .map((line) =>
      line
        .replace(/(\S) {2,}/g, '$1  ')
        .replace(figure, '$1 = <figure>')
        .trimEnd(),
    );
}
