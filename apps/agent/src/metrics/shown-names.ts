import type { TelemetryConfig } from '@chancery/model';

/** Which metrics are shown: of the beginnings that a name has, the longest decides; a block counts for more than an equal allowance. */
export function shownNames({
  allowedPrefixes,
  blockedPrefixes,
  filterDefault,
}: TelemetryConfig): (name: string) => boolean {
  return (name) => {
    const allowed = longest(allowedPrefixes, name);
    const blocked = longest(blockedPrefixes, name);
    if (allowed === 0 && blocked === 0) return filterDefault;
    return allowed > blocked;
  };
}

function longest(beginnings: readonly string[], name: string): number {
  const fitting = beginnings.filter((beginning) => name.startsWith(beginning));
  return fitting.reduce((length, { length: other }) => Math.max(length, other), 0);
}
