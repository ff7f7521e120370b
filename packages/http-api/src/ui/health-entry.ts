import type { HealthRow } from '@chancery/catalog';
import { catalogNode, nodeService } from '../json/catalog-json.ts';
import { healthCheck } from '../json/check-json.ts';

/** An instance with its node and its checks, as a filter sees it; what no filter looks at is not made. */
export class HealthEntry {
  readonly row: HealthRow;

  constructor(row: HealthRow) {
    this.row = row;
  }

  get Node(): object {
    return catalogNode(this.row.instance.on);
  }

  get Service(): object {
    return nodeService(this.row.instance);
  }

  get Checks(): readonly object[] {
    return this.row.checks.map(healthCheck);
  }
}
