import { type Check, checkKey, checks } from '@chancery/catalog';
import { CheckRunner, keptBeginning, type ProbeResult, probe } from '@chancery/health-checks';
import type { LocalChecks } from '@chancery/http-api';
import type { AgentConfig } from '@chancery/model';
import type { CommittedBy, FollowedRow, Store } from '@chancery/store';
import type { Effects } from '../effects.ts';
import type { AgentMetrics } from '../metrics/agent-metrics.ts';
import { measuredProbe } from '../metrics/measured-probe.ts';
import { CheckReports } from './check-reports.ts';
import { refusedFromApi } from './script-permission.ts';
import { ServiceReaper } from './service-reaper.ts';
import { tellVerdict } from './tell-verdict.ts';

const by = { principal: { name: 'agent' }, why: 'health check' };

/** What the checks of a node are run with. */
export interface NodeChecksParts {
  readonly store: Store;
  readonly node: string;
  readonly config: Pick<
    AgentConfig,
    'scriptChecks' | 'discardCheckOutput' | 'checkOutputMaxBytes' | 'checkUpdateIntervalMs'
  >;
  readonly metrics: AgentMetrics;
  readonly effects: Pick<Effects, 'now' | 'random' | 'log'>;
}

/** Checks being run. */
export interface NodeChecks extends Disposable {
  readonly runner: CheckRunner;
  /** The same for the API. */
  readonly local: LocalChecks;
}

/** Runs the checks that are declared for this agent's node, records what they find and deregisters what they end. */
export function runNodeChecks(parts: NodeChecksParts): NodeChecks {
  const { store, node, config, metrics, effects } = parts;
  const stack = new DisposableStack();
  const reports = stack.use(
    new CheckReports({
      store,
      node,
      random: effects.random,
      onVerdict: (verdict) => tellVerdict(effects.log, verdict),
      outputEveryMs: config.checkUpdateIntervalMs,
    }),
  );
  const report = (checkId: string, { status, output }: ProbeResult, reporter: CommittedBy) => {
    const kept = config.discardCheckOutput ? '' : output;
    return reports.report(checkId, { status, output: kept }, reporter);
  };
  const runner = stack.use(
    new CheckRunner(
      {
        probe: measuredProbe(probe, metrics),
        random: effects.random,
        now: effects.now,
        report: (checkId, found) => void report(checkId, found, by),
      },
      { scripts: config.scriptChecks !== 'off', outputMaxBytes: config.checkOutputMaxBytes },
    ),
  );
  stack.use(store.follow(checks, (rows) => run(runner, reports, node, rows)));
  stack.use(openReaper(parts));
  const local: LocalChecks = {
    report: (check, verdict, reporter) => {
      const output = keptBeginning(
        verdict.output,
        check.outputMaxBytes ?? config.checkOutputMaxBytes,
      );
      runner.heartbeat(check.checkId, output);
      return report(check.checkId, { status: verdict.status, output }, reporter);
    },
    lastOutput: (checkId) => reports.lastOutput(checkId),
    refusal: (check) => refusedFromApi(check, config.scriptChecks),
  };
  return { runner, local, [Symbol.dispose]: () => stack.dispose() };
}

function openReaper({ store, node, effects: { now, log } }: NodeChecksParts): ServiceReaper {
  return new ServiceReaper({
    store,
    node,
    now,
    onReaped: (reaped) =>
      log.info({ part: 'checks', ...reaped }, 'deregistered: its check was critical for too long'),
  });
}

/** A row of another node is for the agent that is there. */
function run(
  runner: CheckRunner,
  reports: CheckReports,
  node: string,
  rows: readonly FollowedRow<Check>[],
): void {
  const ofNode = checkKey(node, '');
  for (const [key, check] of rows) {
    if (!key.startsWith(ofNode)) continue;
    if (check !== undefined) runner.put(check);
    else {
      const checkId = key.slice(ofNode.length);
      runner.drop(checkId);
      reports.forget(checkId);
    }
  }
}
