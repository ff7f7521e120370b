import type { Coordinate } from './coordinates.ts';
import type { OpaqueObject } from './service.ts';

/** A check as an agent knows it. */
export interface AgentCheck {
  readonly Node: string;
  readonly CheckID: string;
  readonly Name: string;
  readonly Status: string;
  readonly Notes: string;
  readonly Output: string;
  readonly ServiceID: string;
  readonly ServiceName: string;
  readonly Type?: string;
}

/** An agent as a member of the cluster. */
export interface Member {
  readonly Name: string;
  readonly Addr: string;
  readonly Port: number;
  readonly Tags: Readonly<Record<string, string>>;
  /** 1 alive, 2 leaving, 3 left, 4 failed. */
  readonly Status: number;
  readonly ProtocolCur: number;
}

/** What an agent says of itself. */
export interface Self {
  readonly Config: {
    readonly Datacenter: string;
    readonly NodeName: string;
    readonly NodeID: string;
    readonly Version: string;
  };
  readonly Coord?: Coordinate | null;
  readonly DebugConfig?: OpaqueObject;
  readonly Member: Member;
  readonly Stats: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly xDS?: {
    readonly Port: number;
    /** -1 where that kind of port is off. */
    readonly Ports: { readonly Plaintext: number; readonly TLS: number };
  };
}
