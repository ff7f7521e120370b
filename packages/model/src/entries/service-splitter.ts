import { type Codec, list, number, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import type { EntryKind } from './entry-kind.ts';
import { type HeaderModifiers, headerModifiers } from './header-modifiers.ts';
import { checkEntryName, checkName, checkTenancy } from './name-checks.ts';
import { each, ours, repeats, type Tell } from './problem.ts';
import { always, filled, given, held, shape } from './shape.ts';

/** How requests to a service are divided between destinations. */
export interface ServiceSplitter extends EntryHead<'service-splitter'> {
  readonly splits: readonly ServiceSplit[];
}

/** A share of the requests, and where it goes. */
export interface ServiceSplit {
  /** In hundredths, with two digits behind the point: all together are 100. */
  readonly weight: number;
  readonly service?: string;
  readonly serviceSubset?: string;
  readonly namespace?: string;
  readonly partition?: string;
  readonly requestHeaders?: HeaderModifiers;
  readonly responseHeaders?: HeaderModifiers;
}

const split = shape<ServiceSplit>({
  weight: always(number, 0),
  service: filled(words),
  serviceSubset: filled(words),
  namespace: filled(words),
  partition: filled(words),
  requestHeaders: given(headerModifiers),
  responseHeaders: given(headerModifiers),
});

const codec: Codec<ServiceSplitter> = shape<ServiceSplitter>(
  {
    ...head('service-splitter'),
    splits: held(list(split), [], { blank: null }),
    meta,
  },
  entryFields,
);

/** All that is known of `service-splitter`. */
export const serviceSplitterKind: EntryKind<ServiceSplitter> = {
  codec,
  check: (entry, tell) => {
    checkEntryName(entry.name, tell);
    if (entry.splits.length === 0) tell(['splits'], 'no splits configured');
    else checkSplits(entry, tell);
  },
};

function checkSplits({ name, splits }: ServiceSplitter, tell: Tell): void {
  const twice = repeats(
    splits.map((split) => JSON.stringify([split.service || name, split.serviceSubset])),
  );
  each(splits, tell, 'splits', (split, at, index) => {
    checkName(split.service, at, 'service');
    checkTenancy(split, at);
    if (split.weight < 0) ours(at, ['weight'], 'must be 0 or more');
    if (!twice.has(index)) return;
    const target = `service="${split.service || name}", subset="${split.serviceSubset ?? ''}"`;
    at([], `split destination occurs more than once: ${target}, namespace="", partition=""`);
  });
  const hundredths = splits.reduce((sum, { weight }) => sum + hundredthsOf(weight), 0);
  if (hundredths === 10_000) return;
  const sum = Math.fround(hundredths / 100).toFixed(6);
  tell(['splits'], `the sum of all split weights must be 100, not ${sum}`);
}

/** Consul looks at two digits behind the point, of a number of single precision. */
function hundredthsOf(weight: number): number {
  return Math.round(Math.fround(Math.fround(weight) * 100));
}
