import type { ConfigEntry } from '@chancery/model';

/** An entry to write. */
export interface WantedEntry {
  readonly entry: ConfigEntry;
  /** Where it comes from, such as `db.hcl`; told where something is wrong with it. */
  readonly origin: string;
}
