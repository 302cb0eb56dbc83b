/** The port letters leave through. */

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mail {
  /** Throws when it could not be handed over; whoever sends tries again later. */
  send(letter: Letter): Promise<void>;
  close(): void;
}
