import { type Figure, type Labels, readingsOf } from './figure.ts';
import { type Interval, intervalMs, type SeriesSum } from './intervals.ts';

interface Named {
  readonly Name: string;
  readonly Labels: Labels;
}

/**
 * The agent's metrics as `/v1/agent/metrics` shows them. A host name, where one is given, stands in the
 * names of the gauges that Consul has too: `consul.HOST.runtime.alloc_bytes`.
 */
export function consulJson(
  figures: readonly Figure[],
  { began, series }: Interval,
  hostName: string | undefined,
): object {
  return {
    Timestamp: goTime(began),
    Gauges: figures
      .filter(({ kind }) => kind === 'gauge')
      .flatMap((figure) => gauges(figure, hostName))
      .sort(byName),
    Points: [],
    Counters: series
      .filter(({ kind }) => kind === 'counter')
      .map(shown)
      .sort(byName),
    Samples: series
      .filter(({ kind }) => kind === 'sample')
      .map(shown)
      .sort(byName),
  };
}

function gauges(figure: Figure, hostName: string | undefined): (Named & { Value: number })[] {
  const name = withHost(figure.name, hostName);
  return readingsOf(figure).map(({ labels, value }) => ({
    Name: name,
    Value: value,
    Labels: labels,
  }));
}

function withHost(name: string, hostName: string | undefined): string {
  if (hostName === undefined || name.startsWith('chancery.')) return name;
  const dot = name.indexOf('.');
  return `${name.slice(0, dot)}.${hostName}${name.slice(dot)}`;
}

function shown({ name, labels, summed }: SeriesSum): Named {
  return {
    Name: name,
    ...{
      Count: summed.count,
      Rate: summed.sum / (intervalMs / 1000),
      Sum: summed.sum,
      Min: summed.min,
      Max: summed.max,
      Mean: summed.mean,
      Stddev: summed.stddev,
    },
    Labels: labels,
  };
}

/** `2026-11-24 08:36:50 +0000 UTC`, as Go prints a time. */
function goTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}

function byName(a: Named, b: Named): number {
  const [left, right] = [a, b].map(({ Name, Labels }) => `${Name} ${JSON.stringify(Labels)}`);
  if (left === right) return 0;
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
