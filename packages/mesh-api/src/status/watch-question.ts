import { Code, ConnectError } from '@connectrpc/connect';
import type {
  Section,
  WatchMatrixRequest,
  WatchRequest,
} from '../../gen/chancery/mesh/v1/status_pb.ts';
import { type MatrixQuestion, matrixSide } from './mesh-matrix.ts';
import { sectionMessage } from './section-message.ts';
import { type StatusSection, statusSections } from './status-update.ts';

/**
 * The sections that a caller wants: all where none is given.
 *
 * @throws ConnectError naming a section that there is not.
 */
export function wantedSections({ sections }: WatchRequest): readonly StatusSection[] {
  const wanted = new Set(sections.map((section, at) => sectionOf(section, at)));
  return statusSections.filter((section) => wanted.size === 0 || wanted.has(section));
}

function sectionOf(section: Section, at: number): StatusSection {
  const known = statusSections.find((each) => sectionMessage(each) === section);
  if (known !== undefined) return known;
  const there = statusSections.map((each) => `SECTION_${each.toUpperCase()}`).join(', ');
  const message = `sections[${at}]: ${section} is no section; there are ${there}`;
  throw new ConnectError(message, Code.InvalidArgument);
}

/**
 * The services whose matrix a caller wants.
 *
 * @throws ConnectError when they are too many.
 */
export function matrixQuestion({ sources, destinations }: WatchMatrixRequest): MatrixQuestion {
  for (const [side, names] of Object.entries({ sources, destinations })) {
    if (names.length <= matrixSide) continue;
    const message = `${side}: ${names.length} names are more than the ${matrixSide} that are shown at once; name fewer`;
    throw new ConnectError(message, Code.InvalidArgument);
  }
  return { sources: [...new Set(sources)], destinations: [...new Set(destinations)] };
}
