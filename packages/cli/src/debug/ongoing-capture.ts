import { type Client, ClientError } from '@chancery/client';
import type { CapturePlan } from './capture-plan.ts';

/** What of a capture is told while it goes on. */
export interface CaptureReport {
  readonly onInterval: (event: 'begins' | 'ends', count: number) => void;
  /** A part could not be had, and is left out. */
  readonly onFailure: (part: string, error: ClientError) => void;
}

/** A capture that goes on. */
export interface OngoingCapture {
  readonly client: Client;
  readonly plan: CapturePlan;
  readonly report: CaptureReport;
  /** Aborts when its time is over, or when it is interrupted. */
  readonly end: AbortSignal;
  /** Carries out one part; when the agent does not give it, that is reported. */
  readonly part: (name: string, work: () => Promise<void>) => Promise<void>;
}

/** Begins a capture: its parts end with its time, or with the signal. */
export function beginCapture(
  client: Client,
  plan: CapturePlan,
  report: CaptureReport,
  interrupted: AbortSignal,
): OngoingCapture {
  const end = AbortSignal.any([interrupted, AbortSignal.timeout(plan.durationMs)]);
  return { client, plan, report, end, part: partOf(report) };
}

function partOf({ onFailure }: CaptureReport): OngoingCapture['part'] {
  return async (name, work) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      if (error.kind !== 'aborted') onFailure(name, error);
    }
  };
}
