import { Section } from '../../gen/chancery/mesh/v1/status_pb.ts';
import type { StatusSection } from './status-update.ts';

const messages: Readonly<Record<StatusSection, Section>> = {
  overview: Section.OVERVIEW,
  proxies: Section.PROXIES,
  services: Section.SERVICES,
  intentions: Section.INTENTIONS,
  certificates: Section.CERTIFICATES,
  history: Section.HISTORY,
};

/** A section as it is sent. */
export function sectionMessage(section: StatusSection): Section {
  return messages[section];
}
