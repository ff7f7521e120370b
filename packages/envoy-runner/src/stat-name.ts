/** One part of a dotted name in Envoy's statistics. */
export interface Segment {
  readonly name: string;
  /** What ends it, as a regular expression. */
  readonly after: string;
  readonly optional?: boolean;
  /** What it looks like; anything without a dot when absent. */
  readonly pattern?: string;
}

/**
 * The regular expression by which Envoy takes a tag out of a statistic: its first group, here the whole name, is what
 * Envoy cuts from the statistic; its second, here the segments from `first` to `last`, is the tag's value.
 */
export function namePattern(segments: readonly Segment[], first: string, last: string): string {
  const parts = segments.map((segment) => {
    const opens = segment.name === first;
    const closes = segment.name === last;
    if (opens && closes) return segmentPattern(segment, '(', ')');
    return `${opens ? '(' : ''}${segmentPattern(segment, '', closes ? ')' : '')}`;
  });
  return `(${parts.join('')})`;
}

function segmentPattern(segment: Segment, open: string, close: string): string {
  const body = segment.pattern ?? (segment.after === '~' ? '[^.~]+' : '[^.]+');
  const pattern = open + body + close + segment.after;
  return segment.optional === true ? `(?:${pattern})?` : pattern;
}
