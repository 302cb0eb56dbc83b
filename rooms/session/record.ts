/** An agent's record, as a session reads it when it begins: who they are, what they know, how much they may and can take. */
export interface AgentRecord {
  readonly name: string;
  readonly department: string;
  /** 0: none. */
  readonly certificationLevel: number;
  readonly skills: readonly string[];
  readonly areas: readonly string[];
  /** Claims in hand beyond which the desk gives them no more. */
  readonly capacity: number;
  /** What they handle already, the newest first. */
  readonly inHand: readonly { readonly claimId: string; readonly number: string; readonly priority: string }[];
}
