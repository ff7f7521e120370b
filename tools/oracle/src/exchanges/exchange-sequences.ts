/** One request: `PUT /v1/config {"Kind":…}`, the body where it has one. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

/** Requests that follow each other on an agent without config entries. */
export interface Sequence {
  readonly name: string;
  readonly asks: readonly Ask[];
}

/** Reads sequences: a line with `#` names one, each further line is a request, a blank line ends it. */
export function parseSequences(text: string): readonly Sequence[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => {
      const [title = '', ...lines] = paragraph.split('\n');
      if (!title.startsWith('# ')) throw new Error(`a sequence has no name: ${title}`);
      return { name: title.slice(2), asks: lines.map(parseAsk) };
    });
}

function parseAsk(line: string): Ask {
  const [, method, path, body] = /^([A-Z]+) (\/\S*)(?: (.+))?$/.exec(line) ?? [];
  if (method === undefined || path === undefined) throw new Error(`this is no request: ${line}`);
  return { method, path, ...(body !== undefined && { body }) };
}
