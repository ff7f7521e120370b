import { Code, ConnectError } from '@connectrpc/connect';
import {
  Section,
  type WatchMatrixRequest,
  type WatchRequest,
} from '../../gen/chancery/mesh/v1/status_pb.ts';
import { type MatrixQuestion, matrixSide } from './mesh-matrix.ts';
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
  const known = sectionNames.get(section);
  if (known !== undefined) return known;
  const there = statusSections.map((each) => `SECTION_${each.toUpperCase()}`).join(', ');
  const message = `sections[${at}]: ${section} is no section; there are ${there}`;
  throw new ConnectError(message, Code.InvalidArgument);
}

const sectionNames: ReadonlyMap<Section, StatusSection> = new Map([
  [Section.OVERVIEW, 'overview'],
  [Section.PROXIES, 'proxies'],
  [Section.SERVICES, 'services'],
  [Section.INTENTIONS, 'intentions'],
  [Section.CERTIFICATES, 'certificates'],
  [Section.HISTORY, 'history'],
]);

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
