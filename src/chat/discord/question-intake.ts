import type { Command } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { PendingReplies } from '../../stories/pending-reply.ts';
import type { Logger } from '../../telemetry/log.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import type { Guard } from './guard.ts';
import { createInteractions } from './interactions.ts';
import { createPendingInteractions } from './pending-interactions.ts';
import { register } from './register.ts';
import { registrationOf } from './registration.ts';
import type { SessionListener } from './session.ts';
import { createWire, dispose, type Wire } from './wire.ts';

export interface QuestionIntakeOptions {
  readonly questions?: Questions;
  readonly commands?: readonly Command[];
  readonly catalogue?: Catalogue;
  readonly pendingReplies?: PendingReplies;
  readonly deferAfterMs?: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
  readonly retryMs: number;
  readonly guard: Guard;
  /** For what goes out under our token. */
  readonly wire: Wire;
  readonly log: Logger;
  readonly stopping: AbortSignal;
}

/** The half of Discord that is asked. */
export interface QuestionIntake {
  readonly listener: SessionListener;
  /** Tells those whom an earlier run has left without an answer. Never rejects. */
  tellLeft(): Promise<void>;
  stop(): Promise<void>;
}

const DEFER_AFTER_MS = 1_500;
/** Discord shows "thinking" for fifteen minutes; nobody waits that long. */
const PATIENCE_MS = MINUTE_MS;

/** Undefined where there is nobody who answers. Registers the commands with the first session. */
export const createQuestionIntake = (options: QuestionIntakeOptions): QuestionIntake | undefined => {
  const { questions, commands, catalogue, wire, log, stopping, retryMs, apiUrl, timeoutMs, guard } = options;
  if (questions === undefined || commands === undefined || catalogue === undefined) return undefined;
  const ownWire = createWire({ apiUrl, timeoutMs, guard, stopping });
  const { pendingReplies, now } = options;
  const waiting = pendingReplies && createPendingInteractions({ pendingReplies, catalogue, wire: ownWire, log, now });
  const interactions = createInteractions({
    ...{ questions, commands, catalogue, log, waiting },
    wire: ownWire,
    deferAfterMs: options.deferAfterMs ?? DEFER_AFTER_MS,
    patienceMs: PATIENCE_MS,
  });
  const registration = registrationOf(commands, catalogue);
  let known = false;
  return {
    listener: {
      ready: (applicationId) => {
        if (known) return;
        known = true;
        void register(applicationId, registration, { wire, log, stopping, retryMs });
      },
      interaction: interactions.take,
    },
    tellLeft: async () => waiting?.tellLeft(),
    stop: async () => {
      await interactions.stop();
      dispose(ownWire);
    },
  };
};
