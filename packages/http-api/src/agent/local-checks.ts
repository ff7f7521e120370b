import type { CheckDefinition, CheckStatus } from '@chancery/model';
import type { Committed, CommittedBy } from '@chancery/store';

/** What somebody outside reports of a check. */
export interface ReportedVerdict {
  readonly status: CheckStatus;
  readonly output: string;
}

/** The checks that an agent runs, as far as its API has to do with them. */
export interface LocalChecks {
  /** Takes a verdict on a TTL check: its time begins anew, whether or not the verdict changed. */
  readonly report: (
    check: CheckDefinition,
    verdict: ReportedVerdict,
    by: CommittedBy,
  ) => Promise<Committed<unknown>>;
  /** What a check printed last; the state may have what it printed before, with the same verdict. */
  readonly lastOutput: (checkId: string) => string | undefined;
  /** Why a check may not be registered over the API, in a sentence; undefined when it may. */
  readonly refusal: (check: CheckDefinition) => string | undefined;
}
