/** How Slack was answered: it waits three seconds, then shows the person "operation_timeout". */
export interface Ack {
  readonly envelopeId: string;
  readonly payload: unknown;
  /** Milliseconds after the request was sent. */
  readonly afterMs: number;
}

const PATIENCE_MS = 3_000;

export interface Acks {
  readonly taken: readonly Ack[];
  /** Notes that an envelope was sent; the promise resolves when it is acknowledged. */
  expect(envelopeId: string): Promise<Ack>;
  take(envelopeId: string, payload: unknown): void;
  /** What was acknowledged after more than three seconds, or not yet for that long. */
  late(): readonly { readonly envelopeId: string; readonly afterMs: number }[];
}

export const createAcks = (): Acks => {
  const taken: Ack[] = [];
  const waiting = new Map<string, { readonly since: number; readonly resolve: (ack: Ack) => void }>();
  return {
    taken,
    expect: (envelopeId) =>
      new Promise((resolve) => void waiting.set(envelopeId, { since: performance.now(), resolve })),
    take: (envelopeId, payload) => {
      const expected = waiting.get(envelopeId);
      const ack = { envelopeId, payload, afterMs: expected === undefined ? 0 : performance.now() - expected.since };
      taken.push(ack);
      waiting.delete(envelopeId);
      expected?.resolve(ack);
    },
    late: () => {
      const still = Array.from(waiting, ([envelopeId, { since }]) => ({
        envelopeId,
        afterMs: performance.now() - since,
      }));
      return [...taken, ...still].filter(({ afterMs }) => afterMs > PATIENCE_MS);
    },
  };
};
